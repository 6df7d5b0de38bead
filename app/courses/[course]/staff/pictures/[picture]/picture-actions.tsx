'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useRequest } from '@/app/components/use-request'
import { usePictureMessages } from '../use-picture-messages'

/** Archives, takes back or removes a picture. */
export function PictureActions({
  pictureId,
  archived,
  inUse,
  list,
}: {
  pictureId: string
  archived: boolean
  inUse: boolean
  /** Address of the list. */
  list: string
}) {
  const words = usePictureMessages()
  const router = useRouter()
  const { send, working, problem } = useRequest(words)
  const [asked, setAsked] = useState(false)
  const remove = async () => {
    if (await send('DELETE', `/api/pictures/${pictureId}`)) router.push(list)
  }
  return (
    <div className="mt-12 flex flex-wrap items-center gap-3 border-t pt-6">
      <button
        type="button"
        className="button"
        disabled={working}
        onClick={() => void send('PUT', `/api/pictures/${pictureId}/archived`, { archived: !archived })}
      >
        {archived ? words.unarchive : words.archive}
      </button>
      {!inUse &&
        (asked ? (
          <>
            <span>{words.removeQuestion}</span>
            <button type="button" className="button" disabled={working} onClick={() => void remove()}>
              {words.remove}
            </button>
            <button type="button" className="button button-plain" onClick={() => setAsked(false)}>
              {words.cancel}
            </button>
          </>
        ) : (
          <button type="button" className="button" onClick={() => setAsked(true)}>
            {words.remove}
          </button>
        ))}
      <p role="status" className="text-wrong">
        {problem}
      </p>
    </div>
  )
}

/** Copies a bundled picture into the course and opens the copy. */
export function CopyPicture({ course, number }: { course: string; number: number }) {
  const words = usePictureMessages()
  const router = useRouter()
  const { send, working, problem } = useRequest(words)
  const copy = async () => {
    const copied = await send<{ pictureId: string }>('POST', `/api/courses/${course}/picture-copies`, {
      number,
    })
    if (copied) router.push(`/courses/${course}/staff/pictures/${copied.pictureId}`)
  }
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3">
      <button type="button" className="button" disabled={working} onClick={() => void copy()}>
        {words.copy}
      </button>
      <p role="status" className="text-wrong">
        {problem}
      </p>
    </div>
  )
}
