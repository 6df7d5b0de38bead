'use client'

import { LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { pictureName } from '@/lib/explainers/claims/measurements/values'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { PictureSubstitute } from '@/lib/variants/substitution'
import { findSubstitutionProblems, proposeRegions, type VariedPicture } from '@/lib/variants/variety'
import { PicturePicker } from '../../figure/picture-picker'
import { useMaterial } from '../../figure/use-material'
import { useVariantMessages } from './messages'
import type { Variants } from './use-variants'

/** Chooses what a variant shows instead, and asks for it. */
export function VariantRequest({
  courseSlug,
  pictures,
  varied,
  variants: { view, change, sending },
}: {
  courseSlug: string
  pictures: readonly MeasurablePicture[]
  varied: readonly VariedPicture[]
  variants: Variants
}) {
  const messages = useVariantMessages()
  const say = useOneLanguage()
  const { material } = useMaterial(courseSlug)
  const [chosen, setChosen] = useState<readonly PictureSubstitute[]>([])
  const find = (name: PictureName) => pictures.find((picture) => picture.name === name)
  const substitution = varied.map(
    ({ picture, regions }) =>
      chosen.find(({ from }) => from === picture) ?? {
        from: picture,
        to: picture,
        regions: Object.fromEntries(regions.map((region) => [region, region])),
      },
  )
  const set = (substitute: PictureSubstitute) =>
    setChosen([...chosen.filter(({ from }) => from !== substitute.from), substitute])
  const choose = ({ picture, regions }: VariedPicture, to: PictureName) => {
    const offered = find(to)?.regions.map(({ en }) => en) ?? []
    set({ from: picture, to, regions: proposeRegions(regions, offered) ?? {} })
  }
  const problems = findSubstitutionProblems(
    varied,
    substitution,
    (name) => find(name)?.regions.map(({ en }) => en) ?? null,
  ).map(({ issue }) => issue)
  return (
    <section className="case mt-4 px-5 py-4">
      <h2 className="text-17 font-[600]">{messages.make}</h2>
      <p className="mt-1 max-w-[68ch] text-quiet">{messages.makeLead}</p>
      <div className="mt-4 grid gap-6">
        {varied.map((one) => {
          const substitute = substitution.find(({ from }) => from === one.picture)!
          const isOther = substitute.to !== one.picture
          const tooFew = isOther && (find(substitute.to)?.regions.length ?? 0) < one.regions.length
          return (
            <fieldset key={one.picture} className="min-w-0">
              <legend className="text-13 font-[560]">
                {messages.inPlaceOf(say(pictureName(one.picture, (id) => find(id)?.title)))}
              </legend>
              <PicturePicker
                pictures={(material?.pictures ?? []).filter(({ name }) => name !== one.picture)}
                chosen={isOther ? [substitute.to] : []}
                single
                onChange={([to]) => to !== undefined && choose(one, to)}
              />
              {isOther && !tooFew && one.regions.length > 0 && (
                <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
                  {one.regions.map((region) => (
                    <label key={region} className="block text-13">
                      <span className="text-quiet">
                        {messages.region(say(regionName(find(one.picture), region)))}
                      </span>
                      <select
                        className="field mt-1 w-full"
                        value={substitute.regions[region] ?? ''}
                        onChange={({ target }) =>
                          set({ ...substitute, regions: { ...substitute.regions, [region]: target.value } })
                        }
                      >
                        {find(substitute.to)?.regions.map((offered) => (
                          <option key={offered.en} value={offered.en}>
                            {say(offered)}
                          </option>
                        ))}
                      </select>
                    </label>
                  ))}
                </div>
              )}
              {tooFew && <p className="mt-2 text-13 text-warn">{messages.tooFew(one.regions.length)}</p>}
            </fieldset>
          )
        })}
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          className="button button-accent"
          disabled={sending || problems.length > 0}
          onClick={() => void change('POST', 'variants', { basedOn: view.version, substitution })}
        >
          {sending && <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />}
          {messages.makeNow}
        </button>
        <p role="status" className="text-13 text-quiet">
          {problems.includes('region-twice') && <span className="text-wrong">{messages.regionTwice}</span>}
          {problems.includes('same-pictures') && messages.samePictures}
        </p>
      </div>
    </section>
  )
}

function regionName(picture: MeasurablePicture | undefined, region: string) {
  return picture?.regions.find(({ en }) => en === region) ?? { zh: region, en: region }
}
