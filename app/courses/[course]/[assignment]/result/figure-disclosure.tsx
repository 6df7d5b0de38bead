'use client'

import { Image as ImageIcon } from 'lucide-react'
import { useState } from 'react'
import { FigureCard } from '@/app/components/figure/figure-card'
import { useMessages } from '@/app/components/preferences'

/** The question's figure again, fetched when it is asked for. */
export function FigureDisclosure({
  requestId,
  pictures,
}: {
  requestId: string
  pictures: readonly number[]
}) {
  const { figure } = useMessages()
  const [shown, setShown] = useState(false)
  return (
    <div className="no-print mt-5">
      {shown ? (
        <FigureCard requestId={requestId} pictures={pictures} />
      ) : (
        <button type="button" className="tool -ml-2" onClick={() => setShown(true)}>
          <ImageIcon size={16} aria-hidden="true" />
          {figure.showFigure}
        </button>
      )}
    </div>
  )
}
