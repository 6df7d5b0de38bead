'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import type { ReactNode, RefObject } from 'react'
import { useMessages } from './preferences'

/** What a `Sheet` shows when it is open. */
export function SheetPanel({
  open,
  onOpenChange,
  opener,
  title,
  description,
  place = 'side',
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What had the focus before. */
  opener: RefObject<Element | null>
  title: string
  description?: string
  place?: 'side' | 'middle' | 'wide'
  children: ReactNode
}) {
  const messages = useMessages()
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-(--veil) data-[state=open]:animate-appear" />
        <Dialog.Content
          {...(!description && { 'aria-describedby': undefined })}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
          }}
          className={clsx(
            'fixed z-50 flex flex-col border border-hairline bg-paper shadow-float outline-none',
            place === 'side' &&
              'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-[16px] data-[state=open]:animate-rise md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-[26rem] md:rounded-none md:border-y-0 md:border-r-0 md:data-[state=open]:animate-slide',
            place !== 'side' &&
              'inset-x-4 top-1/2 mx-auto max-h-[90dvh] -translate-y-1/2 rounded-[16px] data-[state=open]:animate-appear',
            place === 'middle' && 'max-w-[30rem]',
            place === 'wide' && 'max-w-[54rem]',
          )}
        >
          <div className="flex items-center justify-between gap-4 px-5 pt-4 pb-2">
            <Dialog.Title className="text-17 font-semibold">{title}</Dialog.Title>
            <Dialog.Close className="tool -mr-2" aria-label={messages.common.close}>
              <X size={18} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {description && <Dialog.Description className="px-5 text-quiet">{description}</Dialog.Description>}
          <div className="min-h-0 overflow-y-auto overscroll-contain px-5 pt-2 pb-6">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
