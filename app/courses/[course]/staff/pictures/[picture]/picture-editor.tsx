'use client'

import { useEffect, useMemo, useState } from 'react'
import { BilingualField } from '@/app/components/bilingual-field'
import { Field } from '@/app/components/field'
import { pictureAddress } from '@/app/components/figure/picture-address'
import { usePreferences } from '@/app/components/preferences'
import { useLeavingWarning } from '@/app/components/use-leaving-warning'
import { useRequest } from '@/app/components/use-request'
import { className } from '@/lib/explainers/figures/wording'
import { parsePictureName } from '@/lib/explainers/pictures/picture-name'
import { areasOf, type LabelMap } from '@/lib/pictures/drawing'
import { maskSizeOf, type PictureView } from '@/lib/pictures/view'
import { usePictureMessages } from '../use-picture-messages'
import { packBytes, unpackBytes } from './packed-bytes'
import { ProbabilityBars } from './probability-bars'
import { RegionCanvas, type ToolSettings } from './region-canvas'
import { RegionList } from './region-list'
import { RegionTools } from './region-tools'
import { useDrawing } from './use-drawing'
import { useLook } from './use-look'

/** Unpacks what the editor draws in, then opens it. */
export function PictureEditor({ picture, readOnly }: { picture: PictureView; readOnly: boolean }) {
  const [mask, setMask] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const size = useMemo(() => maskSizeOf(picture), [picture])
  useEffect(() => {
    if (mask) return
    const empty = async () => new Uint8Array(size.width * size.height)
    void (picture.mask ? unpackBytes(picture.mask.deflated) : empty()).then(setMask)
  }, [mask, picture.mask, size])
  if (!mask) return <div className="skeleton mt-8 aspect-square w-full max-w-[40rem]" />
  return <OpenEditor {...{ picture, readOnly, mask, size }} />
}

function OpenEditor({
  picture,
  readOnly,
  mask: first,
  size,
}: {
  picture: PictureView
  readOnly: boolean
  mask: Uint8Array<ArrayBuffer>
  size: { readonly width: number; readonly height: number }
}) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  const { send, working, problem, issueOf, touch } = useRequest(words)
  const { look, lookAgain } = useLook(picture.pictureId, picture.look)
  const superpixels = useSuperpixels(look)
  const drawing = useDrawing(picture.regions, first)
  const [title, setTitle] = useState(picture.title)
  const [label, setLabel] = useState(picture.label)
  const [revision, setRevision] = useState(picture.revision)
  const [settings, setSettings] = useState<ToolSettings>({
    tool: 'polygon',
    brush: 14,
    zoom: 1,
    opacity: 0.55,
  })
  const [note, setNote] = useState('')

  const regions = drawing.regions.map(({ name, explained }) => ({ name, explained }))
  const now = JSON.stringify({ title, label, regions })
  const [kept, setKept] = useState({ said: now, mask: first })
  const isUnsaved = !readOnly && (now !== kept.said || drawing.mask !== kept.mask)
  useLeavingWarning(isUnsaved)

  async function save(): Promise<void> {
    const areas = areasOf(drawing.mask, regions.length).slice(1)
    const empty = areas.flatMap((area, index) =>
      area > 0 ? [] : [regions[index]!.name[language.interface] || words.region(index + 1)],
    )
    if (empty.length > 0) {
      setNote(words.empty(empty.join(language.interface === 'zh' ? '、' : ', ')))
      return
    }
    setNote('')
    const saved = await send<{ revision: number }>('PUT', `/api/pictures/${picture.pictureId}`, {
      basedOn: revision,
      title,
      label,
      regions,
      mask: regions.length > 0 ? { ...size, deflated: await packBytes(drawing.mask) } : null,
    })
    if (!saved) return
    setRevision(saved.revision)
    setKept({ said: now, mask: drawing.mask })
    setNote(picture.usedBy.length > 0 ? words.savedInUse : words.saved)
  }

  const classes = look.state === 'ready' ? look.classes : []
  const known = Math.max(classes.length, label === null ? 0 : label + 1)
  return (
    <form
      className="mt-6 grid gap-10 lg:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)]"
      onChange={touch}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="grid min-w-0 content-start gap-3">
        <RegionTools
          {...{ settings, drawing, readOnly }}
          onChange={setSettings}
          hasSuperpixels={superpixels !== null}
        />
        <RegionCanvas
          {...{ drawing, size, settings, superpixels, readOnly }}
          source={pictureAddress(parsePictureName(picture.pictureId))}
        />
      </div>
      <div className="grid min-w-0 content-start gap-8">
        {!readOnly && (
          <BilingualField
            label={words.titleField}
            value={title}
            issueOf={(spoken) => issueOf(`title.${spoken}`)}
            onChange={setTitle}
          />
        )}
        <Field label={words.classField} hint={words.classHint} error={issueOf('label')}>
          {(control) => (
            <select
              {...control}
              className="field"
              disabled={readOnly}
              value={label ?? ''}
              onChange={({ target }) => setLabel(target.value === '' ? null : Number(target.value))}
            >
              <option value="">{words.noClass}</option>
              {Array.from({ length: known }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is what is chosen
                <option key={index} value={index}>
                  {classes[index] ? className(classes, index)[language.interface] : words.classNumber(index)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ProbabilityBars {...{ look, label }} onLookAgain={readOnly ? null : () => void lookAgain()} />
        <RegionList {...{ drawing, readOnly }} />
        {!readOnly && (
          <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-paper px-4 py-3 sm:mx-0 sm:px-0">
            <button type="submit" className="button button-accent" disabled={working || !isUnsaved}>
              {working ? words.saving : words.save}
            </button>
            <p role="status" className={problem ? 'text-wrong' : 'text-quiet'}>
              {problem ?? (note || (isUnsaved ? words.unsaved : ''))}
            </p>
            {problem && (
              <button type="button" className="button button-plain" onClick={() => window.location.reload()}>
                {words.reload}
              </button>
            )}
          </div>
        )}
      </div>
    </form>
  )
}

/** Unpacks the superpixels once the classifier has looked. */
function useSuperpixels(look: PictureView['look']): LabelMap | null {
  const [map, setMap] = useState<LabelMap | null>(null)
  useEffect(() => {
    if (look.state !== 'ready') return
    const { width, height } = look
    void unpackBytes(look.superpixels).then((bytes) =>
      setMap({ width, height, labels: new Uint16Array(bytes.buffer) }),
    )
  }, [look])
  return map
}
