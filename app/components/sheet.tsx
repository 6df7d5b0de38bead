'use client'

import { cloneElement, type ReactElement, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useOnDemand } from './on-demand'

const loadPanel = () => import('./sheet-panel').then((module) => module.SheetPanel)

interface TriggerProps {
  onClick?: () => void
  'aria-haspopup'?: 'dialog'
  'aria-expanded'?: boolean
}

/**
 * A panel over the page, closed by Escape, by its button or by a press beside it. Focus returns to where it was.
 * `side`: from the bottom on a phone, from the right from 768 px. `middle`: a card in the middle; `wide`: a broad one.
 */
export function Sheet({
  open: given,
  onOpenChange,
  trigger,
  ...panel
}: {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  title: string
  description?: string
  place?: 'side' | 'middle' | 'wide'
  trigger?: ReactElement<TriggerProps>
  children: ReactNode
}) {
  const [own, setOwn] = useState(false)
  const open = given ?? own
  const setOpen = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  const Panel = useOnDemand(loadPanel, open)
  const opener = useRef<Element | null>(null)
  useLayoutEffect(() => {
    if (open) opener.current = document.activeElement
  }, [open])
  return (
    <>
      {trigger &&
        cloneElement(trigger, {
          onClick: () => setOpen(true),
          'aria-haspopup': 'dialog',
          'aria-expanded': open,
        })}
      {Panel && <Panel {...panel} open={open} onOpenChange={setOpen} opener={opener} />}
    </>
  )
}
