'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { type SetProblem, setProblems } from '@/lib/pictures/picture-problems'
import type { SetLine } from '@/lib/pictures/view'
import { FileChoice } from './file-choice'
import { sendFile } from './send-file'
import { usePictureMessages } from './use-picture-messages'

/** Lines of a report that are shown; the rest is counted. */
const linesShown = 100

type Stage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly percent: number }
  | { readonly kind: 'refused'; readonly lines: readonly SetProblem[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'told'; readonly file: File; readonly pictures: readonly SetLine[] }
  | { readonly kind: 'taken'; readonly fresh: number }

const freshOf = (pictures: readonly SetLine[]) => pictures.filter(({ state }) => state === 'new').length

/** Takes in a zip of pictures: checked first, then all of it or nothing. */
export function PictureSetForm({ course }: { course: string }) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  const router = useRouter()
  const [stage, setStage] = useState<Stage>({ kind: 'idle' })

  async function send(file: File, apply: boolean): Promise<void> {
    setStage({ kind: 'sending', percent: 0 })
    const sent = await sendFile<{ pictures: SetLine[] }>(
      `/api/courses/${course}/picture-sets?apply=${apply}`,
      file,
      (percent) => setStage({ kind: 'sending', percent }),
    )
    if ('reply' in sent) {
      const { pictures } = sent.reply
      setStage(apply ? { kind: 'taken', fresh: freshOf(pictures) } : { kind: 'told', file, pictures })
      if (apply) router.refresh()
    } else if (sent.refusal?.code === 'pictures-refused')
      setStage({ kind: 'refused', lines: sent.refusal.lines as readonly SetProblem[] })
    else setStage({ kind: 'failed', message: sent.refusal?.message[language.interface] ?? words.failed })
  }

  return (
    <section className="mt-12" aria-labelledby="set">
      <h2 id="set" className="text-21 font-[580]">
        {words.set}
      </h2>
      <p className="mt-1 mb-4 max-w-[68ch] text-quiet">{words.setLead}</p>
      <FileChoice
        label={words.chooseSet}
        accept=".zip,application/zip"
        onFiles={([file]) => file && void send(file, false)}
      >
        <span className="text-13 text-quiet">{words.dropOne}</span>
      </FileChoice>
      <div className="mt-3" role="status">
        {stage.kind === 'sending' && (
          <p>{stage.percent < 100 ? words.sent(stage.percent) : words.checking}</p>
        )}
        {stage.kind === 'failed' && <p className="text-wrong">{stage.message}</p>}
        {stage.kind === 'refused' && (
          <ul className="grid gap-1 text-wrong">
            {stage.lines.slice(0, linesShown).map(({ file, reason }) => (
              <li key={`${file} ${reason}`}>
                <span className="font-[560]">{file ?? words.wholeZip}</span>{' '}
                {setProblems[reason][language.interface]}
              </li>
            ))}
            {stage.lines.length > linesShown && <li>{words.further(stage.lines.length - linesShown)}</li>}
          </ul>
        )}
        {stage.kind === 'told' && (
          <p>{words.told(freshOf(stage.pictures), stage.pictures.length - freshOf(stage.pictures))}</p>
        )}
        {stage.kind === 'taken' && <p className="font-[540]">{words.taken(stage.fresh)}</p>}
      </div>
      {stage.kind === 'told' && freshOf(stage.pictures) > 0 && (
        <button
          type="button"
          className="button button-accent mt-3"
          onClick={() => void send(stage.file, true)}
        >
          {words.take(freshOf(stage.pictures))}
        </button>
      )}
    </section>
  )
}
