'use client'

import { ArrowRight } from 'lucide-react'
import { useMemo } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { languageTag } from '@/app/messages/language'
import type { Piece } from '@/lib/questions/text-diff'
import { type DiffedVersion, type Difference, diffVersions } from '@/lib/questions/version-diff'
import { useVersionMessages } from './messages/versions'

/** What differs between two versions of a question, part by part. */
export function VersionDifference({ before, after }: { before: DiffedVersion; after: DiffedVersion }) {
  const words = useVersionMessages()
  const differences = useMemo(() => diffVersions(before, after), [before, after])
  if (differences.length === 0) return <p className="text-quiet">{words.same}</p>
  const groups = [...new Set(differences.map(({ partId }) => partId))].map(
    (partId) => [partId, differences.filter((difference) => difference.partId === partId)] as const,
  )
  return (
    <div className="grid gap-6">
      {groups.map(([partId, found]) => (
        <section key={partId ?? ''}>
          <h3 className="eyebrow">
            {partId === null ? words.question : words.part(found[0]!.partLabel ?? partId)}
          </h3>
          <dl className="mt-2 grid gap-3">
            {found.map((difference) => (
              <Row key={nameOf(difference)} difference={difference} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

function nameOf({ field, which, change }: Difference): string {
  return `${field} ${which} ${change.kind === 'text' ? change.language : ''}`
}

function Row({ difference: { field, which, change } }: { difference: Difference }) {
  const words = useVersionMessages()
  return (
    <div>
      <dt className="text-13 text-quiet">
        {words.fields[field]}
        {which !== null && ` ${which}`}
        {change.kind === 'text' && ` · ${words.languages[change.language]}`}
      </dt>
      <dd className="mt-0.5 min-w-0 break-words">
        {change.kind === 'text' ? (
          <p lang={languageTag[change.language]} className="whitespace-pre-line">
            {change.pieces.map((piece, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place
              <TextPiece key={index} piece={piece} />
            ))}
          </p>
        ) : (
          <Values before={change.before} after={change.after} />
        )}
      </dd>
    </div>
  )
}

/** Struck through or underlined, besides the colour; said aloud too. */
function TextPiece({ piece: { kind, text } }: { piece: Piece }) {
  const words = useVersionMessages()
  if (kind === 'kept') return text
  const Mark = kind === 'removed' ? 'del' : 'ins'
  return (
    <Mark
      className={
        kind === 'removed'
          ? 'rounded-[3px] bg-wrong-soft text-wrong line-through decoration-1'
          : 'rounded-[3px] bg-accent-soft font-[540] text-accent underline decoration-2 underline-offset-3'
      }
    >
      <span className="sr-only">{words[kind]} </span>
      {text}
    </Mark>
  )
}

function Values({ before, after }: Omit<Extract<Difference['change'], { kind: 'value' }>, 'kind'>) {
  const words = useVersionMessages()
  const inLanguage = useOneLanguage()
  const say = (value: typeof before) => (value ? inLanguage(value) : words.none)
  return (
    <p>
      <span className="sr-only">{words.before}: </span>
      <del className="text-quiet decoration-1">{say(before)}</del>{' '}
      <ArrowRight size={14} aria-hidden="true" className="inline text-quiet" />{' '}
      <span className="sr-only">{words.after}: </span>
      <ins className="font-[540] no-underline">{say(after)}</ins>
    </p>
  )
}
