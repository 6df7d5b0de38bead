'use client'

import { useMomentFormat } from '@/app/components/local-time'
import { useRegradeMessages } from './messages/use-regrade-messages'

/** What was exported, and how much of it changed or would change. */
export function ExportLine({
  exported,
  foreseen = false,
}: {
  exported: { readonly at: string; readonly by: string | null; readonly changed: number } | null
  /** Of a draft: `changed` is what it would change. */
  foreseen?: boolean
}) {
  const { effect, ...messages } = useRegradeMessages()
  const moment = useMomentFormat()
  if (!exported) return foreseen ? effect.exportedNone : messages.nothingExported
  const { at, by, changed } = exported
  return (foreseen ? effect : messages).exported(moment(at), by, changed)
}
