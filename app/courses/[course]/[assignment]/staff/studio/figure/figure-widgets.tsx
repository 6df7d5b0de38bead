'use client'

import type { FigureMaterial, SentenceWord } from '@/lib/figure-previews/view'
import type { ControlProps, Widget } from '../schema-form/form-context'
import { Chips, toggled } from './chips'
import { type FigureDraft, familyOf, modelOf } from './figure-draft'
import { LayerPicker } from './layer-picker'
import { PicturePicker } from './picture-picker'
import { PassagePicker, SentenceField, SentencePair, WordChoice } from './text-pickers'

/** What a figure's fields are chosen from. */
export interface Choices {
  readonly draft: FigureDraft
  readonly material: FigureMaterial
  /** Of the draft's sentence; null: not known. */
  readonly words: readonly SentenceWord[] | null
}

const listOf = <Value,>(value: unknown): readonly Value[] => (Array.isArray(value) ? value : [])
const oneOf = <Value,>(value: unknown): readonly Value[] => (value === undefined ? [] : [value as Value])

/** @returns the control for a field that is chosen from what there is; null: it is typed. */
export function widgetFor(path: string, { draft, material, words }: Choices): Widget | null {
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part))
  switch (name) {
    case 'model':
      return {
        single: true,
        render: (props) => <ModelSelect {...props} names={modelsFor(draft, material)} />,
      }
    case 'corpus':
      return { single: true, render: (props) => <ModelSelect {...props} names={material.corpora} /> }
    case 'picture':
    case 'pictures':
      return { render: (props) => <Pictures {...props} material={material} single={name === 'picture'} /> }
    case 'layer':
    case 'layers':
    case 'head':
      return numbersWidget(name, draft, material)
    case 'sentence':
      return { single: true, render: (props) => <SentenceField {...props} words={words} /> }
    case 'at':
    case 'from':
    case 'to':
    case 'mask':
      return { render: (props) => <WordChoice {...props} words={words} several={name === 'mask'} /> }
    case 'also':
      // The list of comparisons has rows; each row is chosen from the words.
      return path === 'also'
        ? null
        : { render: (props) => <WordChoice {...props} words={words} several={true} /> }
    case 'passages':
      return { render: (props) => <PassagePicker {...props} passages={material.passages} /> }
    case 'pair':
      return { render: (props) => <SentencePair {...props} sentences={material.sentences} /> }
    default:
      return null
  }
}

function modelsFor({ layout }: FigureDraft, { classifiers, languageModels }: FigureMaterial): string[] {
  const family = familyOf(layout)
  if (family === 'classifier') return classifiers.map(({ name }) => name)
  return languageModels
    .filter(({ answersQuestions }) => answersQuestions === (family === 'answering'))
    .map(({ name }) => name)
}

/** The network's strip for a classifier, numbered places for a language model; typed where the model is not known. */
function numbersWidget(
  name: 'layer' | 'layers' | 'head',
  draft: FigureDraft,
  material: FigureMaterial,
): Widget | null {
  const several = name === 'layers'
  const change = ({ value, onChange }: ControlProps, number: number, isChosen: boolean) =>
    onChange(
      several ? toggled(listOf<number>(value), number, isChosen).sort((one, other) => one - other) : number,
    )
  const chosenOf = (value: unknown) => (several ? listOf<number>(value) : oneOf<number>(value))
  if (familyOf(draft.layout) === 'classifier') {
    const model = material.classifiers.find((each) => each.name === modelOf(draft))
    return (
      (model && {
        render: (props) => (
          <LayerPicker
            layers={model.layers}
            chosen={chosenOf(props.value)}
            onToggle={(layer, isChosen) => change(props, layer, isChosen)}
          />
        ),
      }) ??
      null
    )
  }
  const model = material.languageModels.find((each) => each.name === modelOf(draft))
  if (!model) return null
  // A single layer of a text's figure is a hidden state, which begins before the first layer.
  const first = name === 'layer' ? 0 : 1
  const last = name === 'head' ? model.heads : model.layers
  const choices = Array.from({ length: last - first + 1 }, (_, index) => ({
    value: first + index,
    name: first + index,
  }))
  return {
    render: (props) => (
      <Chips
        choices={choices}
        chosen={chosenOf(props.value)}
        onToggle={(number, isChosen) => change(props, number, isChosen)}
      />
    ),
  }
}

function Pictures({
  value,
  onChange,
  material,
  single,
}: ControlProps & { material: FigureMaterial; single: boolean }) {
  return (
    <PicturePicker
      pictures={material.pictures}
      chosen={single ? oneOf(value) : listOf(value)}
      single={single}
      onChange={(chosen) => onChange(single ? chosen[0] : chosen)}
    />
  )
}

/** One of the installation's names; one that is no longer there stays until another is chosen. */
function ModelSelect({
  value,
  usual,
  onChange,
  control,
  names,
}: ControlProps & { names: readonly string[] }) {
  const shown = String(value ?? usual ?? '')
  return (
    <select {...control} className="field" value={shown} onChange={({ target }) => onChange(target.value)}>
      {[...new Set([...names, shown])].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}
