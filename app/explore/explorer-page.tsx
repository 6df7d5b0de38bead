'use client'

import { Check, Link2 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { AttentionExplorer } from './attention/attention-explorer'
import { type ExplorerState, readState, writeState } from './attention/explorer-state'
import { useExplorerMessages } from './messages/use-explorer-messages'

/** The explorer on a page of its own, which keeps its address up to date. */
export function ExplorerPage({
  query,
  models,
  corpora,
}: {
  query: string
  models: readonly string[]
  corpora: readonly string[]
}) {
  const messages = useExplorerMessages()
  const initial = useMemo(() => readState(new URLSearchParams(query)), [query])
  const onState = useCallback((state: ExplorerState) => {
    const text = writeState(state).toString()
    const address = text ? `/explore?${text}` : '/explore'
    if (`${location.pathname}${location.search}` !== address) history.replaceState(history.state, '', address)
  }, [])
  return (
    <main id="content" className="mx-auto w-full max-w-[1440px] px-4 pt-6 pb-20 sm:px-6 lg:px-10 lg:pt-8">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <div className="flex-[1_1_20rem]">
          <h1 className="text-28 font-[620] tracking-[-0.015em]">{messages.title}</h1>
          <p className="mt-1 max-w-[72ch] text-quiet">{messages.lead}</p>
        </div>
        <CopyLink />
      </div>
      <AttentionExplorer initial={initial} models={models} corpora={corpora} onState={onState} />
    </main>
  )
}

function CopyLink() {
  const messages = useExplorerMessages()
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      className="button min-h-10! text-13"
      onClick={async () => {
        await navigator.clipboard.writeText(location.href)
        setCopied(true)
        setTimeout(() => setCopied(false), 2500)
      }}
    >
      {copied ? <Check size={16} aria-hidden="true" /> : <Link2 size={16} aria-hidden="true" />}
      <span aria-live="polite">{copied ? messages.copied : messages.copyLink}</span>
    </button>
  )
}
