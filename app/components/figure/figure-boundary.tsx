'use client'

import { Component, type ReactNode } from 'react'
import { useMessages } from '@/app/components/preferences'

/**
 * Keeps what goes wrong in drawing a figure inside its case: answering goes on beside it. Most of all a browser without a
 * network, which cannot fetch the code of a kind of panel that it has not met.
 */
export class FigureBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <UndrawnFigure /> : this.props.children
  }
}

function UndrawnFigure() {
  const { figure } = useMessages()
  return (
    <p role="status" className="px-5 py-6 text-quiet">
      {figure.undrawn}
    </p>
  )
}
