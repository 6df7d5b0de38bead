'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { type RefusalReason, refusals } from '@/lib/pictures/refusal'
import { FileChoice } from './file-choice'
import { sendFile } from './send-file'
import { usePictureMessages } from './use-picture-messages'

interface Line {
  readonly file: string
  readonly state: 'sending' | 'added' | 'known' | { readonly refused: string }
}

/** Adds single pictures; each file has its own answer. */
export function PictureUploads({ course }: { course: string }) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  const router = useRouter()
  const [lines, setLines] = useState<readonly Line[]>([])
  const last = useRef(Promise.resolve())

  async function upload(file: File, place: number): Promise<void> {
    const title = file.name.replace(/\.[^.]*$/, '').slice(0, 120) || file.name
    const sent = await sendFile<{ known: boolean }>(
      `/api/courses/${course}/pictures?title=${encodeURIComponent(title)}`,
      file,
    )
    const state: Line['state'] =
      'reply' in sent
        ? sent.reply.known
          ? 'known'
          : 'added'
        : {
            refused: sent.refusal
              ? (refusals[sent.refusal.reason as RefusalReason] ?? sent.refusal.message)[language.interface]
              : words.failed,
          }
    setLines((before) => before.map((line, index) => (index === place ? { ...line, state } : line)))
    if ('reply' in sent) router.refresh()
  }

  /** One after another, in the order in which they were chosen. */
  function add(files: File[]): void {
    const first = lines.length
    setLines([...lines, ...files.map(({ name }): Line => ({ file: name, state: 'sending' }))])
    for (const [index, file] of files.entries())
      last.current = last.current.then(() => upload(file, first + index))
  }

  return (
    <div>
      <FileChoice label={words.choose} accept="image/jpeg,image/png,image/webp" multiple onFiles={add}>
        <span className="text-13 text-quiet">{words.drop}</span>
      </FileChoice>
      <p className="mt-2 max-w-[68ch] text-13 text-quiet">{words.limits}</p>
      <ul className="mt-3 grid gap-1 text-13 empty:hidden" aria-live="polite">
        {lines.map(({ file, state }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
          <li key={index} className={typeof state === 'object' ? 'text-wrong' : ''}>
            {typeof state === 'object' ? `${file}: ${state.refused}` : words[state](file)}
          </li>
        ))}
      </ul>
    </div>
  )
}
