'use client'

import { Image as ImageIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { FigureCard } from '@/app/components/figure/figure-card'
import { FigureMarks } from '@/app/components/figure/figure-marks'
import type { TrustPlace } from '@/app/components/figure/trust-fold'
import { useMessages } from '@/app/components/preferences'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { FigureMark } from '@/lib/feedback/view'
import { useExhibit } from './feedback/exhibit'
import { useFeedbackMessages } from './feedback/messages'

/** The question's figure again, fetched at once or when it is asked for, or when a sentence points out something in it. */
export function FigureDisclosure({
  requestId,
  pictures,
  trust = null,
  open = false,
}: {
  requestId: string
  pictures: readonly PictureName[]
  trust?: TrustPlace | null
  /** Whether it is shown at once. */
  open?: boolean
}) {
  const { figure } = useMessages()
  const { pointed } = useExhibit()
  const [opened, setOpened] = useState(open)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!pointed) return
    setOpened(true)
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    place.current?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' })
  }, [pointed])
  return (
    <div className="no-print mt-5 scroll-my-20" ref={place}>
      <div role="status">{pointed && <Legend marks={pointed.marks} />}</div>
      {opened || pointed ? (
        <FigureMarks value={pointed?.marks ?? []}>
          <FigureCard requestId={requestId} pictures={pictures} trust={trust} />
        </FigureMarks>
      ) : (
        <button type="button" className="tool -ml-2" onClick={() => setOpened(true)}>
          <ImageIcon size={16} aria-hidden="true" />
          {figure.showFigure}
        </button>
      )}
    </div>
  )
}

/** What is pointed out, and by which line. */
function Legend({ marks }: { marks: readonly FigureMark[] }) {
  const messages = useFeedbackMessages()
  const say = useOneLanguage()
  return (
    <ul className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-13">
      {marks.map((mark) => (
        <li key={JSON.stringify(mark)} className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className={`w-6 border-t-2 border-ink ${mark.role === 'leading' ? 'border-dashed' : ''}`}
          />
          {messages.pointedOut(
            say(mark.name),
            'outline' in mark && mark.outline === null
              ? messages.frame
              : mark.role === 'leading'
                ? messages.dashed
                : messages.solid,
          )}
        </li>
      ))}
    </ul>
  )
}
