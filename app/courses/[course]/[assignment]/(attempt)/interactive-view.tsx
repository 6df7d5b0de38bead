'use client'

import { Compass } from 'lucide-react'
import { type ComponentType, useEffect, useState } from 'react'
import { useMessages } from '@/app/components/preferences'
import type { QuestionContent } from '@/lib/questions/content'

const explored = ['attention', 'embedding-visualisation', 'embedding-analysis'] as const
export type ExploredTopic = (typeof explored)[number]

/** Whether questions of this topic have a view in which the model can be asked. */
export function isExplored(topic: QuestionContent['topic']): topic is ExploredTopic {
  return explored.some((name) => name === topic)
}

/**
 * What the student can try out beside the question. Its code comes and the model computes only when it is opened; then
 * it stays open for the other questions.
 */
export function InteractiveView({ content }: { content: QuestionContent }) {
  const messages = useMessages()
  const [open, setOpen] = useState(false)
  const { topic } = content
  if (!isExplored(topic)) return null
  const { title, lead } = messages.question.explore[topic]
  return (
    <section
      aria-labelledby="interactive-view"
      data-testid="interactive-view"
      className="@container min-w-0 scroll-mt-20 lg:col-start-1"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t pt-4">
        <div className="flex-[1_1_16rem]">
          <h2 id="interactive-view" className="text-17 font-[580]">
            {title}
          </h2>
          <p className="text-13 text-quiet">{lead}</p>
        </div>
        <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Compass size={18} aria-hidden="true" />
          {open ? messages.question.explore.close : messages.question.explore.open}
        </button>
      </div>
      {open && (
        <div className="mt-4">
          <Room key={topic} topic={topic} partId={content.parts[0]?.id ?? ''} />
        </div>
      )}
    </section>
  )
}

function Room({ topic, partId }: { topic: ExploredTopic; partId: string }) {
  const messages = useMessages()
  const [loaded, setLoaded] = useState<{ readonly Loaded: ComponentType<{ partId: string }> } | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (failed) return
    let current = true
    import('@/app/explore/question-rooms')
      .then(({ loadRoom }) => loadRoom(topic))
      .then(
        (Loaded) => current && setLoaded({ Loaded }),
        () => current && setFailed(true),
      )
    return () => {
      current = false
    }
  }, [topic, failed])
  if (loaded) return <loaded.Loaded partId={partId} />
  if (!failed) return <div aria-hidden="true" className="skeleton h-[40rem]" />
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-3">
      <p>{messages.question.explore.unreachable}</p>
      <button type="button" className="button" onClick={() => setFailed(false)}>
        {messages.common.retry}
      </button>
    </div>
  )
}
