import { Component, type ReactNode, Suspense } from 'react'
import { sayMissing } from '../../store/state.ts'

interface Props {
  readonly children: ReactNode
  /** What stands in its place until it is there. */
  readonly fallback?: ReactNode
  readonly onMissing?: () => void
}

/** A part that is loaded when it is wanted. If it does not come, the rest of the page goes on without it. */
export class Part extends Component<Props, { readonly missing: boolean }> {
  override state = { missing: false }

  static getDerivedStateFromError() {
    return { missing: true }
  }

  override componentDidCatch() {
    sayMissing()
    this.props.onMissing?.()
  }

  override render() {
    if (this.state.missing) return null
    return <Suspense fallback={this.props.fallback ?? null}>{this.props.children}</Suspense>
  }
}
