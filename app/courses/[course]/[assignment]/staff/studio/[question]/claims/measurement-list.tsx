'use client'

import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { freshMeasurementName } from '@/lib/explainers/claims/claim-drafting'
import {
  type Measurement,
  type MeasurementInput,
  measurementSchema,
} from '@/lib/explainers/claims/measurement'
import { offerMeasurements } from '@/lib/explainers/claims/offered-measurements'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { UnfinishedMeasurement } from '@/lib/studio/schema'
import type { MeasurablePicture } from '@/lib/studio/view'
import { MeasurementForm } from './measurement-form'
import { useClaimMessages } from './messages'

type Measurements = { readonly [name: string]: Measurement }

/** The measurements of a part, and a menu of those that make sense beside its figure. */
export function MeasurementList({
  measurements,
  unfinished = {},
  figureSpec,
  pictures,
  onChange,
  onUnfinished,
  onRemove,
}: {
  measurements: Measurements
  /** What is filled in and not complete, by name. */
  unfinished?: { readonly [name: string]: UnfinishedMeasurement } | undefined
  figureSpec: FigureSpec | null
  pictures: readonly MeasurablePicture[]
  onChange: (name: string, measurement: Measurement) => void
  onUnfinished: (name: string, values: UnfinishedMeasurement) => void
  onRemove: (name: string) => void
}) {
  const words = useClaimMessages()
  const menu = useId()
  const [chosen, setChosen] = useState('0')
  const { fitting, more } = offerMeasurements(
    figureSpec,
    (picture) => pictures.find(({ name }) => name === picture)?.regions ?? [],
  )
  const offers = [...fitting, ...more]
  const shown = [
    ...Object.entries(measurements).map(([name, given]) => ({
      name,
      given,
      unfinished: unfinished[name] ?? null,
    })),
    ...Object.entries(unfinished)
      .filter(([name]) => !Object.hasOwn(measurements, name))
      .map(([name, values]) => ({ name, given: null, unfinished: values })),
  ]
  const nameOf = (offer: MeasurementInput) =>
    'method' in offer && fitting.filter(({ measure }) => measure === offer.measure).length > 1
      ? `${words.names[offer.measure]} (${offer.method})`
      : words.names[offer.measure]
  const options = (list: readonly MeasurementInput[], from: number) =>
    list.map((offer, index) => (
      <option key={`${offer.measure} ${nameOf(offer)}`} value={from + index}>
        {nameOf(offer)}
      </option>
    ))

  function add() {
    const start = offers[Number(chosen)] ?? offers[0]!
    const taken = shown.map(({ name }) => name)
    const name = freshMeasurementName(start, taken)
    const complete = measurementSchema.safeParse(start)
    if (complete.success) onChange(name, complete.data)
    else onUnfinished(name, start as UnfinishedMeasurement)
  }

  return (
    <fieldset className="grid gap-3">
      <legend className="text-13 font-[560]">{words.measurements}</legend>
      <p className="text-13 text-quiet">{words.measurementsHint}</p>
      {shown.map(({ name, ...measurement }) => (
        <MeasurementForm
          key={name}
          name={name}
          {...measurement}
          pictures={pictures}
          onChange={(complete) => onChange(name, complete)}
          onUnfinished={(values) => onUnfinished(name, values)}
          onRemove={() => onRemove(name)}
        />
      ))}
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <label htmlFor={menu} className="block text-13 font-[540]">
            {words.addMeasurement}
          </label>
          <select
            id={menu}
            className="field mt-1.5"
            value={chosen}
            onChange={({ target }) => setChosen(target.value)}
          >
            {fitting.length > 0 && <optgroup label={words.fitting}>{options(fitting, 0)}</optgroup>}
            <optgroup label={words.more}>{options(more, fitting.length)}</optgroup>
          </select>
        </div>
        <button type="button" className="button button-plain" onClick={add}>
          <Plus size={16} aria-hidden="true" />
          {words.add}
        </button>
      </div>
    </fieldset>
  )
}
