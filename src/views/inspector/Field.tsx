import type { ReactNode } from 'react'

/** One line of a list of fields: its name as the paper has it, and its value. */
export const Field = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
