'use client'

import { useCallback, useEffect, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { PointingGameView } from '@/lib/figures/view'
import { FactsTable } from './facts-table'
import { useFigure } from './figure-source'
import { FailedFigure, FigureProgress } from './figure-state'
import { FigureViewer } from './figure-viewer'
import type { TrustPlace } from './trust-fold'
import { trustMessages } from './trust-messages'

/** Asks for the tests of a figure's maps, and shows them when they are there. */
export function TrustTests({ requestId, pointing }: TrustPlace) {
  const words = useWords()
  const [asked, setAsked] = useState<'asking' | 'asked' | 'failed'>('asking')
  const ask = useCallback(async () => {
    setAsked('asking')
    setAsked(await isAsked(requestId))
  }, [requestId])
  useEffect(() => void ask(), [ask])
  if (asked === 'asked') return <TestedMaps requestId={requestId} pointing={pointing} />
  return (
    <div role="status" className="px-5 pt-1 pb-5 text-13 text-quiet">
      {asked === 'asking' ? (
        words.asking
      ) : (
        <>
          {words.notAsked}{' '}
          <button type="button" className="link" onClick={() => void ask()}>
            {words.again}
          </button>
        </>
      )}
    </div>
  )
}

async function isAsked(requestId: string): Promise<'asked' | 'failed'> {
  try {
    const { ok } = await fetch(`/api/figure-requests/${requestId}`, {
      method: 'POST',
      signal: AbortSignal.timeout(15_000),
    })
    return ok ? 'asked' : 'failed'
  } catch {
    return 'failed'
  }
}

function TestedMaps({ requestId, pointing }: TrustPlace) {
  const words = useWords()
  const figure = useFigure(requestId)
  if (figure.view)
    return (
      <>
        <FigureViewer view={figure.view} />
        <div className="border-t px-5 py-4 text-13">
          {pointing ? <PointingGames address={pointing} /> : <p className="text-quiet">{words.withheld}</p>}
        </div>
      </>
    )
  if (figure.state?.status === 'failed') return <FailedFigure state={figure.state} />
  return (
    <div className="px-5 pt-1 pb-6" data-testid="trust-waiting">
      <FigureProgress figure={figure} />
    </div>
  )
}

function PointingGames({ address }: { address: string }) {
  const words = useWords()
  const [games, setGames] = useState<readonly PointingGameView[] | null | 'unread'>(null)
  useEffect(() => {
    let current = true
    readGames(address).then(
      (read) => current && setGames(read),
      () => current && setGames('unread'),
    )
    return () => {
      current = false
    }
  }, [address])
  if (games === 'unread') return <p role="status">{words.unread}</p>
  if (!games || games.length === 0) return null
  const column = (key: 'map' | 'object' | 'hit' | 'chance') => ({
    title: bilingual((language) => trustMessages[language][key]),
    numbers: key === 'hit' || key === 'chance',
  })
  return (
    <>
      <FactsTable
        panel={{
          kind: 'table',
          caption: bilingual((language) => trustMessages[language].pointing),
          columns: [column('map'), column('object'), column('hit'), column('chance')],
          rows: games.map(({ map, object, hit, chance }) => [
            map,
            object,
            bilingual(() => percent(hit)),
            bilingual(() => percent(chance)),
          ]),
        }}
      />
      <p className="mt-2 max-w-[70ch] text-quiet">{words.pointingLead}</p>
    </>
  )
}

async function readGames(address: string): Promise<readonly PointingGameView[] | null> {
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return ((await response.json()) as { games: readonly PointingGameView[] | null }).games
}

const bilingual = (text: (language: 'zh' | 'en') => string) => ({ zh: text('zh'), en: text('en') })
const percent = (share: number) => `${Math.round(100 * share)} %`

function useWords() {
  return trustMessages[usePreferences().language.interface]
}
