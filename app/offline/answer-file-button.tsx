'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '@/app/components/preferences'
import type { AnswerFile, FiledAnswer, FiledAnswers } from '@/lib/answer-files/seal'
import { readOutbox } from './storage'

/** The last resort: what waits on this device as a file, encrypted for the server, for an instructor to import. */
export function AnswerFileButton({
  attemptId,
  seal,
  answers,
}: {
  attemptId: string
  seal: (content: FiledAnswers) => Promise<AnswerFile>
  answers: readonly Omit<FiledAnswer, 'chosenAt'>[]
}) {
  const { saving } = useMessages()
  const [failed, setFailed] = useState(false)

  async function download() {
    setFailed(false)
    try {
      const kept = await readOutbox(attemptId).catch(() => null)
      const madeAt = new Date().toISOString()
      const filed = answers.map((answer) => ({
        ...answer,
        chosenAt: kept?.[answer.partId]?.chosenAt ?? madeAt,
      }))
      const file = await seal({ madeAt, answers: filed })
      save(JSON.stringify(file), `vitrine-answers-${madeAt.slice(0, 10)}.json`)
    } catch {
      setFailed(true)
    }
  }

  return (
    <span>
      <button type="button" className="link inline-flex items-center gap-1.5 text-left" onClick={download}>
        <Download size={14} aria-hidden="true" />
        {saving.answerFile}
      </button>
      {failed && (
        <span role="alert" className="ml-2 text-wrong">
          {saving.answerFileFailed}
        </span>
      )}
    </span>
  )
}

function save(text: string, name: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
