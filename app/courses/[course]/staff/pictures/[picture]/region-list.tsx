'use client'

import { ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { languageTag } from '@/app/messages/language'
import { areasOf } from '@/lib/pictures/drawing'
import { usePictureMessages } from '../use-picture-messages'
import { regionColour } from './region-colours'
import type { Drawing, DrawnRegion } from './use-drawing'

/** The regions in their order, with their names; the one that is being drawn is marked. */
export function RegionList({ drawing, readOnly }: { drawing: Drawing; readOnly: boolean }) {
  const words = usePictureMessages()
  const { regions, mask, dispatch } = drawing
  const areas = useMemo(() => areasOf(mask, regions.length), [mask, regions.length])
  return (
    <section aria-labelledby="regions">
      <h2 id="regions" className="text-17 font-[580]">
        {words.regions}
      </h2>
      <p className="mt-1 text-13 text-quiet">{words.regionsLead}</p>
      <ol className="mt-3 grid gap-3">
        {regions.map((region, index) => (
          <RegionItem
            key={region.key}
            id={index + 1}
            percent={Math.round((1000 * areas[index + 1]!) / mask.length) / 10}
            {...{ region, drawing, readOnly }}
          />
        ))}
      </ol>
      {!readOnly && (
        <button
          type="button"
          className="button mt-3"
          disabled={regions.length >= 40}
          onClick={() => dispatch({ kind: 'add' })}
        >
          <Plus size={18} aria-hidden="true" />
          {words.addRegion}
        </button>
      )}
    </section>
  )
}

function RegionItem({
  id,
  region,
  percent,
  drawing: { selected, dispatch },
  readOnly,
}: {
  id: number
  region: DrawnRegion
  percent: number
  drawing: Drawing
  readOnly: boolean
}) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  const { key, name, explained } = region
  const called = name[language.interface] || words.region(id)
  const isDrawn = selected === key
  const say = (said: Partial<DrawnRegion>) =>
    dispatch({ kind: 'say', key, said: { name, explained, ...said } })
  return (
    <li className={`rounded-card border p-3 ${isDrawn ? 'border-accent' : ''}`}>
      <div className="flex flex-wrap items-center gap-2">
        <span
          aria-hidden="true"
          className="numbers grid size-7 place-items-center rounded-[4px] text-13 font-[650] text-white"
          style={{ background: `rgb(${regionColour(id).join(' ')})` }}
        >
          {id}
        </span>
        <span className="numbers text-13 text-quiet">{words.area(percent)}</span>
        {!readOnly && (
          <span className="ml-auto flex gap-1">
            <button
              type="button"
              className="tool min-h-11"
              aria-pressed={isDrawn}
              onClick={() => dispatch({ kind: 'select', key })}
            >
              {isDrawn ? words.drawing : words.draw}
            </button>
            <button
              type="button"
              className="tool min-h-11"
              aria-label={words.up(called)}
              disabled={id === 1}
              onClick={() => dispatch({ kind: 'raise', key })}
            >
              <ArrowUp size={18} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="tool min-h-11"
              aria-label={words.removeRegion(called)}
              onClick={() => dispatch({ kind: 'remove', key })}
            >
              <Trash2 size={18} aria-hidden="true" />
            </button>
          </span>
        )}
      </div>
      {readOnly ? (
        <p className="mt-2">
          <span lang={languageTag.zh}>{name.zh}</span> · <span lang={languageTag.en}>{name.en}</span>
          {explained && <span className="text-quiet"> · {words.explained}</span>}
        </p>
      ) : (
        <>
          <div className="mt-2 grid gap-2 sm:grid-cols-2">
            {(['zh', 'en'] as const).map((spoken) => (
              <input
                key={spoken}
                className="field"
                lang={languageTag[spoken]}
                aria-label={`${words.region(id)}: ${words.names[spoken]}`}
                placeholder={words.names[spoken]}
                value={name[spoken]}
                maxLength={80}
                required
                onChange={({ target }) => say({ name: { ...name, [spoken]: target.value } })}
              />
            ))}
          </div>
          <label className="mt-1 flex min-h-11 items-center gap-2 text-13">
            <input
              type="checkbox"
              checked={explained}
              onChange={({ target }) => say({ explained: target.checked })}
            />
            {words.explained}
          </label>
        </>
      )}
    </li>
  )
}
