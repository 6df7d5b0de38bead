'use client'

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { clsx } from 'clsx'
import { GripVertical, Pin, Plus, X } from 'lucide-react'
import { useId } from 'react'
import { optionLetter } from '@/lib/questions/option-letter'
import { addOption, markCorrect, moved, pinOption, removeOption } from '@/lib/studio/edit'
import type { DraftOption, DraftPart } from '@/lib/studio/schema'
import { useStudioMessages } from '../messages/use-studio-messages'
import { useSortableWords } from '../sortable-words'
import { BilingualField } from './bilingual-field'
import type { FieldNote, PartNotes } from './field-notes'
import { fieldId } from './problem-words'

/** The options of a part: their texts, which are correct, and their order, by dragging or by keys. */
export function OptionRows({
  part,
  at,
  takenIds,
  notes,
  onChange,
}: {
  part: DraftPart
  /** Place of the part, from 0. */
  at: number
  takenIds: readonly string[]
  notes: PartNotes
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
}) {
  const { form } = useStudioMessages()
  const words = useSortableWords()
  const group = useId()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const ids = part.options.map(({ id }) => id)
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return
    const [from, to] = [ids.indexOf(String(active.id)), ids.indexOf(String(over.id))]
    onChange((known) => ({ ...known, options: moved(known.options, from, to) }))
  }
  return (
    <fieldset id={fieldId({ part: at, field: 'options' })} className="scroll-mt-32">
      <legend className="text-13 font-[560]">{form.options}</legend>
      <p id={fieldId({ part: at, field: 'key' })} className="scroll-mt-32 text-13 text-quiet">
        {form.optionsHint}
      </p>
      <DndContext
        id={group}
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={words(ids)}
        onDragEnd={drop}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ol className="mt-2 grid gap-2">
            {part.options.map((option, index) => (
              <OptionRow
                key={option.id}
                option={option}
                index={index}
                part={part}
                place={{ at, group }}
                notes={notes.option(option.id)}
                onChange={onChange}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <div className="mt-2 grid gap-0.5 text-13 text-wrong">
        {notes.of('options', 'key').map(({ message }) => (
          <p key={message}>{message}</p>
        ))}
      </div>
      <button
        type="button"
        className="tool mt-1 -ml-2"
        onClick={() => onChange((known) => addOption(known, takenIds))}
      >
        <Plus size={16} aria-hidden="true" />
        {form.addOption}
      </button>
    </fieldset>
  )
}

function OptionRow({
  option,
  index,
  part,
  place: { at, group },
  notes,
  onChange,
}: {
  option: DraftOption
  index: number
  part: DraftPart
  place: { readonly at: number; readonly group: string }
  notes: readonly FieldNote[]
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
}) {
  const { form } = useStudioMessages()
  const letter = optionLetter(index)
  const one = part.selection.kind === 'one'
  const correct = part.correct.includes(option.id)
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id: option.id })
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={clsx(
        'relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2 rounded-card border py-2 pr-1 pl-1',
        correct ? 'border-accent bg-accent-soft' : 'bg-raised',
        isDragging && 'z-10 shadow-float',
      )}
    >
      <div className="flex flex-col items-center @xl:h-11 @xl:flex-row">
        <label className="grid size-9 place-items-center">
          <input
            type={one ? 'radio' : 'checkbox'}
            name={`${group}-correct`}
            className="tick"
            aria-label={form.correct(letter)}
            checked={correct}
            onChange={({ target }) => onChange((known) => markCorrect(known, option.id, target.checked))}
          />
        </label>
        <span aria-hidden="true" className="text-13 font-semibold text-quiet @xl:pr-1.5">
          {letter}
        </span>
      </div>
      <BilingualField
        id={fieldId({ part: at, option: index, field: 'options' })}
        label={form.option(letter)}
        compact
        rows={1}
        value={option.text}
        notes={notes}
        onChange={(text, language) =>
          onChange(
            (known) => ({
              ...known,
              options: known.options.map((one) => (one.id === option.id ? { ...one, text } : one)),
            }),
            `${option.id} ${language}`,
          )
        }
      />
      <div className="flex flex-col @xl:h-11 @xl:flex-row @xl:items-center">
        <button
          type="button"
          className="tool min-w-9! px-0!"
          aria-label={form.pinned(letter)}
          title={form.pinned(letter)}
          aria-pressed={option.pinned === true}
          onClick={() => onChange((known) => pinOption(known, option.id, option.pinned !== true))}
        >
          <Pin size={16} aria-hidden="true" className={option.pinned ? 'fill-current' : ''} />
        </button>
        <button
          type="button"
          ref={setActivatorNodeRef}
          className="tool min-w-9! cursor-grab touch-none px-0!"
          {...attributes}
          {...listeners}
          aria-label={form.moveOption(letter)}
        >
          <GripVertical size={17} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="tool min-w-9! px-0!"
          aria-label={form.removeOption(letter)}
          onClick={() => onChange((known) => removeOption(known, option.id))}
        >
          <X size={17} aria-hidden="true" />
        </button>
      </div>
    </li>
  )
}
