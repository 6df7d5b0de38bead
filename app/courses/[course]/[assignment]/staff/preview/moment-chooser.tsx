'use client'

import { useRouter } from 'next/navigation'
import { Field } from '@/app/components/field'
import { useInBrowser } from '@/app/components/local-time'
import { useDatesMessages } from '../dates/messages/use-dates-messages'

/** Chooses the moment of the preview, in the time zone of this device. */
export function MomentChooser({ at, student }: { at: string; student: string }) {
  const { preview } = useDatesMessages()
  const router = useRouter()
  const inBrowser = useInBrowser()
  return (
    <form
      className="mt-3 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const chosen = new Date(String(new FormData(event.currentTarget).get('at')))
        const query = new URLSearchParams({ student })
        if (!Number.isNaN(chosen.getTime())) query.set('at', chosen.toISOString())
        router.push(`?${query}`)
      }}
    >
      <div className="w-60">
        <Field label={preview.at}>
          {(control) => (
            <input
              {...control}
              key={`${at}${inBrowser}`}
              name="at"
              type="datetime-local"
              className="field numbers"
              defaultValue={inBrowser ? localWall(new Date(at)) : ''}
            />
          )}
        </Field>
      </div>
      <button type="submit" className="button mb-0.5" disabled={!inBrowser}>
        {preview.show}
      </button>
    </form>
  )
}

/** `2027-01-31T18:00` in the time zone of this device, for a date field. */
function localWall(moment: Date): string {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
