'use client'

import { clsx } from 'clsx'
import { Flag } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { Topic } from '@/lib/questions/content'
import { useMessages } from './preferences'

export interface Tile {
  readonly position: number
  readonly label: string
  readonly topic: Topic
  readonly state: 'answered' | 'partial' | 'unanswered'
  readonly flagged: boolean
}

/**
 * The floor plan: every question as a numbered tile under its topic. Answered tiles are filled, begun ones half
 * filled, the rest empty; a flag marks what to come back to. State is also in each tile's name.
 */
export function QuestionTiles({
  tiles,
  address,
  current,
  onPick,
  headingLevel: Heading = 'h3',
}: {
  tiles: readonly Tile[]
  /** Question addresses start with it; null where tiles lead nowhere. */
  address: string | null
  current?: number
  onPick?: (event: MouseEvent, position: number) => void
  headingLevel?: 'h2' | 'h3'
}) {
  const messages = useMessages()
  const topics = [...new Set(tiles.map((tile) => tile.topic))]
  return (
    <div className="grid gap-5">
      {topics.map((topic) => (
        <section key={topic}>
          <Heading className="eyebrow mb-2">{messages.topics[topic]}</Heading>
          <ul className="flex flex-wrap gap-2">
            {tiles
              .filter((tile) => tile.topic === topic)
              .map((tile) => (
                <li key={tile.position}>
                  <QuestionTile
                    tile={tile}
                    address={address}
                    current={tile.position === current}
                    onPick={onPick}
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function QuestionTile({
  tile,
  address,
  current,
  onPick,
}: {
  tile: Tile
  address: string | null
  current: boolean
  onPick: ((event: MouseEvent, position: number) => void) | undefined
}) {
  const { state, question } = useMessages()
  const name = [
    question.title(tile.label),
    state[tile.state],
    ...(tile.flagged ? [state.flagged] : []),
    ...(current ? [state.current] : []),
  ].join(', ')
  const look = clsx(
    'relative grid size-11 place-items-center rounded-[8px] border text-15 transition-colors duration-120',
    tile.state === 'answered' && 'border-accent bg-accent font-[560] text-on-accent',
    tile.state === 'partial' &&
      'border-accent bg-[linear-gradient(to_top,var(--accent-soft)_50%,transparent_50%)] text-ink',
    tile.state === 'unanswered' && 'border-edge bg-raised text-ink',
    current && 'outline-2 outline-offset-2 outline-ink',
    address !== null && tile.state !== 'answered' && 'hover:border-ink',
  )
  const face = (
    <>
      <span aria-hidden="true">{tile.label}</span>
      {tile.flagged && (
        <Flag
          size={13}
          aria-hidden="true"
          className="absolute -top-1.5 -right-1.5 box-content rounded-full border border-hairline bg-paper fill-warn p-0.5 text-warn"
        />
      )}
    </>
  )
  if (address === null)
    return (
      <span role="img" aria-label={name} className={look}>
        {face}
      </span>
    )
  return (
    <a
      href={`${address}/questions/${tile.position}`}
      aria-label={name}
      aria-current={current ? 'page' : undefined}
      className={look}
      onClick={onPick && ((event) => onPick(event, tile.position))}
    >
      {face}
    </a>
  )
}

/** Says what filled, half filled, empty and flagged tiles mean. */
export function TileLegend() {
  const messages = useMessages()
  const box = 'size-3.5 rounded-[4px] border'
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-13 text-quiet">
      <li className="flex items-center gap-2">
        <span aria-hidden="true" className={`${box} border-accent bg-accent`} />
        {messages.state.answered}
      </li>
      <li className="flex items-center gap-2">
        <span
          aria-hidden="true"
          className={`${box} border-accent bg-[linear-gradient(to_top,var(--accent-soft)_50%,transparent_50%)]`}
        />
        {messages.state.partial}
      </li>
      <li className="flex items-center gap-2">
        <span aria-hidden="true" className={`${box} border-edge bg-raised`} />
        {messages.state.unanswered}
      </li>
      <li className="flex items-center gap-2">
        <Flag size={14} aria-hidden="true" className="fill-warn text-warn" />
        {messages.state.flagged}
      </li>
    </ul>
  )
}
