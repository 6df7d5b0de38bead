'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Field, NumberField, SelectField, WallField } from '@/app/components/field'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import type { ReleaseSetting } from '@/lib/attempts/release'
import { onTopOf } from '@/lib/on-top-of'
import type { AttemptKeep } from '@/lib/scoring/attempt-choice'
import type { ScheduleInput } from '@/lib/timing/schema'
import { useDatesMessages } from './messages/use-dates-messages'
import { SaveBar } from './save-bar'
import { useSaving } from './use-saving'

/** Dates, late credit, attempts and release of the assignment, for everybody. */
export function ScheduleForm({
  assignmentId,
  given,
  zones,
}: {
  assignmentId: string
  given: ScheduleInput
  zones: readonly string[]
}) {
  const messages = useDatesMessages()
  const [{ schedule, known }, setForm] = useState({ schedule: given, known: given })
  // What is written here stays where the page comes anew, after a save or from somebody else's.
  if (known !== given) setForm({ schedule: onTopOf(given, known, schedule), known: given })
  const saving = useSaving(`/api/assignments/${assignmentId}/schedule`)
  const { error } = saving
  const change = (part: Partial<ScheduleInput>) => {
    setForm((form) => ({ ...form, schedule: { ...form.schedule, ...part } }))
    saving.touch()
  }
  const releases = (['NEVER', 'ON_SUBMIT', 'AT_DATE', 'WHEN_ALL_DONE'] as const).map(
    (setting): [ReleaseSetting, string] => [setting, messages.releases[setting]],
  )
  const keeps = (['HIGHEST', 'LATEST', 'FIRST'] as const).map((keep): [AttemptKeep, string] => [
    keep,
    messages.keeps[keep],
  ])
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void saving.save({ ...schedule, known })
      }}
    >
      <ReadyFieldset>
        <Section title={messages.dates}>
          <div className="sm:col-span-3">
            <Field label={messages.timeZone} hint={messages.timeZoneHint} error={error('timeZone')}>
              {(control) => (
                <>
                  <input
                    {...control}
                    className="field sm:max-w-80"
                    list="time-zones"
                    autoComplete="off"
                    value={schedule.timeZone}
                    onChange={({ target }) => change({ timeZone: target.value })}
                  />
                  <datalist id="time-zones">
                    {zones.map((zone) => (
                      <option key={zone} value={zone} />
                    ))}
                  </datalist>
                </>
              )}
            </Field>
          </div>
          {(['opensAt', 'dueAt', 'closesAt'] as const).map((name) => (
            <WallField
              key={name}
              label={messages[name]}
              hint={messages.optional}
              error={error(name)}
              value={schedule[name]}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
        </Section>

        <Section title={messages.late} lead={messages.lateHint}>
          <div className="grid gap-3 sm:col-span-3">
            <LateTiers
              tiers={schedule.lateTiers}
              error={error}
              onChange={(lateTiers) => change({ lateTiers })}
            />
          </div>
        </Section>

        <Section title={messages.attempts}>
          <NumberField
            label={messages.timeLimit}
            hint={messages.optional}
            error={error('timeLimitMinutes')}
            value={schedule.timeLimitMinutes}
            min={1}
            max={20_160}
            onChange={(timeLimitMinutes) => change({ timeLimitMinutes })}
          />
          <NumberField
            label={messages.attemptsAllowed}
            error={error('attemptsAllowed')}
            value={schedule.attemptsAllowed}
            min={1}
            max={100}
            onChange={(attemptsAllowed) => change({ attemptsAllowed: attemptsAllowed ?? 0 })}
          />
          <SelectField
            label={messages.keep}
            value={schedule.attemptKeep}
            options={keeps}
            onChange={(attemptKeep) => change({ attemptKeep })}
          />
        </Section>

        <Section title={messages.release} lead={messages.keyHint}>
          {(['score', 'key'] as const).map((what) => (
            <div key={what} className="grid gap-4 sm:col-span-3 sm:grid-cols-3">
              <div className="sm:col-span-2">
                <SelectField
                  label={messages[what]}
                  error={error(`${what}Release`)}
                  value={schedule[`${what}Release`]}
                  options={releases}
                  onChange={(setting) => change({ [`${what}Release`]: setting })}
                />
              </div>
              {schedule[`${what}Release`] === 'AT_DATE' && (
                <WallField
                  label={messages.releaseAt}
                  error={error(`${what}ReleaseAt`)}
                  value={schedule[`${what}ReleaseAt`]}
                  onChange={(value) => change({ [`${what}ReleaseAt`]: value })}
                />
              )}
            </div>
          ))}
          <WallField
            label={messages.appealsUntil}
            hint={messages.appealsUntilHint}
            error={error('appealsUntil')}
            value={schedule.appealsUntil}
            onChange={(appealsUntil) => change({ appealsUntil })}
          />
        </Section>
        <SaveBar saving={saving} />
      </ReadyFieldset>
    </form>
  )
}

function Section({ title, lead, children }: { title: string; lead?: string; children: React.ReactNode }) {
  return (
    <fieldset className="border-t py-7">
      <legend className="float-left w-full text-17 font-[580]">{title}</legend>
      {lead && <p className="clear-both pt-1 text-13 text-quiet">{lead}</p>}
      <div className="clear-both grid gap-4 pt-4 sm:grid-cols-3">{children}</div>
    </fieldset>
  )
}

function LateTiers({
  tiers,
  error,
  onChange,
}: {
  tiers: ScheduleInput['lateTiers']
  error: (path: string) => string | null
  onChange: (tiers: ScheduleInput['lateTiers']) => void
}) {
  const messages = useDatesMessages()
  const replace = (index: number, part: Partial<ScheduleInput['lateTiers'][number]>) =>
    onChange(tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)))
  const last = tiers.at(-1)
  return (
    <>
      {tiers.map((tier, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the order
        <div key={index} className="grid grid-cols-[1fr_1fr_auto] items-start gap-3 sm:max-w-lg">
          <NumberField
            label={messages.tierUntil}
            hint={messages.tierUntilHint}
            error={error(`lateTiers.${index}.untilMinutes`)}
            value={tier.untilMinutes === null ? null : tier.untilMinutes / 60}
            min={0.25}
            max={8760}
            step={0.25}
            onChange={(hours) =>
              replace(index, { untilMinutes: hours === null ? null : Math.round(hours * 60) })
            }
          />
          <NumberField
            label={messages.tierCredit}
            error={error(`lateTiers.${index}.creditPercent`)}
            value={tier.creditPercent}
            min={0}
            max={100}
            onChange={(creditPercent) => replace(index, { creditPercent: creditPercent ?? 0 })}
          />
          <button
            type="button"
            className="tool mt-6"
            aria-label={messages.removeTier(index + 1)}
            onClick={() => onChange(tiers.filter((_, at) => at !== index))}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </div>
      ))}
      {error('dueAt') && tiers.length > 0 && <p className="text-13 text-wrong">{error('dueAt')}</p>}
      {tiers.length < 10 && last?.untilMinutes !== null && (
        <button
          type="button"
          className="button justify-self-start"
          onClick={() =>
            onChange([
              ...tiers,
              {
                untilMinutes: (last?.untilMinutes ?? 0) + 24 * 60,
                creditPercent: Math.max(0, (last?.creditPercent ?? 100) - 20),
              },
            ])
          }
        >
          <Plus size={17} aria-hidden="true" />
          {messages.addTier}
        </button>
      )}
    </>
  )
}
