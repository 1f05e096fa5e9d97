import type { ComponentProps, ReactNode } from 'react'
import './kit.css'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** How much it stands out. */
  look?: 'plain' | 'quiet' | 'primary' | 'danger'
  small?: boolean
  /** An icon alone: then `label` is what it is called. */
  label?: string
  /** The key that does the same. */
  hotkey?: string
  children: ReactNode
}

/** Every button of the page. One that shows only an icon has a `label`, which is also its tooltip. */
export function Button({
  look = 'plain',
  small = false,
  label,
  hotkey,
  children,
  className,
  ...rest
}: ButtonProps) {
  const classes = ['button', look, small ? 'small' : '', label === undefined ? '' : 'icon', className ?? '']
  const title = label === undefined ? rest.title : hotkey === undefined ? label : `${label} (${hotkey})`
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      aria-label={label ?? rest['aria-label']}
      title={title}
    >
      {children}
      {hotkey !== undefined && label === undefined && <Key>{hotkey}</Key>}
    </button>
  )
}

/** A key of the keyboard. The name of a control does not include it. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  )
}
