'use client'

import { ReadyFieldset } from '@/app/components/ready-fieldset'
import type { AssignmentView } from '@/lib/attempts/view'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { VariantsView } from '@/lib/variants/view'
import { useVariantMessages } from './messages'
import { useVariants } from './use-variants'
import { VariantCard } from './variant-card'
import { VariantRequest } from './variant-request'
import { VariantTextsForm } from './variant-texts-form'

/** Everything about the variants of one question. */
export function VariantDesk({
  courseSlug,
  assignment,
  given,
  pictures,
}: {
  courseSlug: string
  assignment: AssignmentView
  given: VariantsView
  pictures: readonly MeasurablePicture[]
}) {
  const messages = useVariantMessages()
  const variants = useVariants(given)
  const { view, change, sending, refusal } = variants
  const { variety } = view
  const ready = view.variants.filter(
    ({ dealt, stale, made }) => dealt && !stale && made?.figure?.status === 'ready',
  )
  return (
    <ReadyFieldset>
      {variety.kind === 'fixed' && (
        <section className="case mt-6 px-5 py-5">
          <h2 className="font-semibold">{messages.fixedTitle}</h2>
          <ul className="mt-2 grid gap-1">
            {variety.reasons.map(({ reason, partId }) => (
              <li key={`${reason} ${partId}`}>
                {messages.fixed[reason]((partId && view.labels[partId]) ?? '')}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(variety.kind === 'varied' || view.dealing) && (
        <label className="case mt-6 grid cursor-pointer grid-cols-[auto_1fr] items-baseline gap-3 px-5 py-4">
          <input
            type="checkbox"
            className="tick self-start"
            checked={view.dealing}
            disabled={sending}
            onChange={({ target }) => void change('PUT', 'variant-dealing', { dealing: target.checked })}
          />
          <span>
            <span className="font-[560]">{messages.dealing}</span>
            <span className="mt-0.5 block text-13 text-quiet">{messages.dealingHint(ready.length)}</span>
          </span>
        </label>
      )}
      <p role="status" className="mt-2 min-h-5 text-13 text-wrong">
        {refusal && (refusal.message ?? messages.unreachable)}
      </p>
      {variety.kind === 'varied' && view.texts && (
        <>
          <VariantTextsForm variants={variants} given={view.texts} />
          <VariantRequest
            courseSlug={courseSlug}
            pictures={pictures}
            varied={variety.pictures}
            variants={variants}
          />
        </>
      )}
      <section className="mt-10">
        <h2 className="text-21 font-[580]">{messages.list}</h2>
        {view.variants.length === 0 && <p className="mt-3 text-quiet">{messages.none}</p>}
        <ul className="mt-4 grid gap-4">
          {view.variants.map((variant) => (
            <VariantCard
              key={variant.variantId}
              assignment={assignment}
              variant={variant}
              pictures={pictures}
              variants={variants}
            />
          ))}
        </ul>
      </section>
    </ReadyFieldset>
  )
}
