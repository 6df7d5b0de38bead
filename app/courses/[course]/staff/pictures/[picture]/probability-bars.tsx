'use client'

import { usePreferences } from '@/app/components/preferences'
import { className } from '@/lib/explainers/figures/wording'
import type { PictureLookView } from '@/lib/pictures/view'
import { usePictureMessages } from '../use-picture-messages'

/** What the classifier makes of the picture: a table whose rows are bars too, the most probable first. */
export function ProbabilityBars({
  look,
  label,
  onLookAgain,
}: {
  look: PictureLookView
  label: number | null
  /** null: whoever looks may not ask. */
  onLookAgain: (() => void) | null
}) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  if (look.state === 'none') return null
  return (
    <section aria-labelledby="probabilities">
      <h2 id="probabilities" className="text-17 font-[580]">
        {words.probabilities}
      </h2>
      <div role="status">
        {look.state === 'computing' && <p className="mt-2 text-quiet">{words.looking}</p>}
        {look.state === 'failed' && <p className="mt-2 text-wrong">{words.lookFailed}</p>}
      </div>
      {look.state === 'failed' && onLookAgain && (
        <button type="button" className="button mt-3" onClick={onLookAgain}>
          {words.lookAgain}
        </button>
      )}
      {look.state === 'ready' && (
        <table className="mt-2 w-full text-13">
          <caption className="pb-1 text-left text-quiet">{words.probabilitiesBy(look.model)}</caption>
          <tbody>
            {look.probabilities
              .map((probability, index) => ({ probability, index }))
              .sort((one, other) => other.probability - one.probability)
              .map(({ probability, index }) => (
                <tr key={index}>
                  <th
                    scope="row"
                    className={`w-px py-0.5 pr-3 text-left whitespace-nowrap ${index === label ? 'font-[620]' : 'font-[420]'}`}
                  >
                    {className(look.classes, index)[language.interface]}
                  </th>
                  <td className="py-0.5" aria-hidden="true">
                    <div
                      className="h-3 min-w-px rounded-[2px] bg-accent"
                      style={{ width: `${100 * probability}%` }}
                    />
                  </td>
                  <td className="numbers w-px py-0.5 pl-3 text-right whitespace-nowrap">
                    {(100 * probability).toFixed(1)} %
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
