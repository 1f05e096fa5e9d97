import { openWork, setAddress } from './current.ts'
import { isLink } from './opens-fresh.ts'
import { openLink } from './share.ts'
import { readCurrent, type Work } from './shelf.ts'
import { say, sayMissing } from './state.ts'
import { lasting } from './storage.ts'

/** What the page begins with. */
type Beginning =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'work'; readonly work: Work; readonly sameLink: string | null }
  | { readonly kind: 'link'; readonly link: string; readonly work: Work | null }

/** A link goes before the work in progress, unless that is what became of this very link. */
export function beginning(fragment: string, work: Work | null): Beginning {
  const link = isLink(fragment) ? fragment : null
  if (link !== null && work?.link !== link) return { kind: 'link', link, work }
  return work === null ? { kind: 'fresh' } : { kind: 'work', work, sameLink: link }
}

/** Opens what the address names or what was left here. */
export async function restoreWork(): Promise<void> {
  try {
    await begin(beginning(location.hash, readCurrent(lasting)))
  } catch {
    sayMissing()
  }
}

/** Opens what the address has come to name. */
export async function openAddress(fragment: string): Promise<void> {
  if (isLink(fragment)) await openLink(fragment)
}

async function begin(how: Beginning): Promise<void> {
  if (how.kind === 'fresh') return
  // Under a link as well: it goes to the shelf when the link opens, and is there if the link turns out to be bad.
  if (how.work !== null) await openWork(how.work)
  if (how.kind === 'link') {
    setAddress(how.link)
    await openLink(how.link)
  } else if (how.sameLink !== null) {
    const link = how.sameLink
    const run = () => void openLink(link)
    say('You changed this scenario after you opened the link.', 'plain', {
      label: 'Open the link as it was',
      run,
    })
  }
}
