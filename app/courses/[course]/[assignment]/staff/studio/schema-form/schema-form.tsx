'use client'

import { RotateCcw } from 'lucide-react'
import { useId, useMemo } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { Member } from '@/lib/schema-form/field'
import { below } from '@/lib/schema-form/problems'
import { isSame } from '@/lib/schema-form/values'
import { Control, isSingle } from './controls'
import { findLabel } from './field-labels'
import {
  type ControlProps,
  type FormContext,
  FormProvider,
  type MembersProps,
  problemAt,
  useForm,
} from './form-context'
import { useSchemaFormMessages } from './messages'
import { useValueWords } from './value-words'

/**
 * A form made of a schema's members (`fieldOf`): labels and help from the table, defaults shown as defaults and left out of
 * the values, what is wrong in words beside its field.
 */
export function SchemaForm({
  members,
  values,
  onChange,
  ...context
}: FormContext & Omit<MembersProps, 'path'>) {
  const { scope, problems, differences, widgetOf } = context
  const provided = useMemo(
    () => ({
      scope,
      problems,
      Members,
      Control: Chosen,
      ...(differences && { differences }),
      ...(widgetOf && { widgetOf }),
    }),
    [scope, problems, differences, widgetOf],
  )
  return (
    <FormProvider value={provided}>
      <Members members={members} values={values} onChange={onChange} />
    </FormProvider>
  )
}

/** The form's own control for the field where it has one, else that of the field's kind. */
function Chosen(props: ControlProps) {
  const widget = useForm().widgetOf?.(props.path, props.field)
  return widget ? widget.render(props) : <Control {...props} />
}

/** The members of a group, one below the other. */
function Members({ members, values, onChange, path = '' }: MembersProps) {
  return (
    <div className="grid gap-5">
      {members.map((member) => (
        <MemberField
          key={member.name}
          member={member}
          path={below(path, member.name)}
          value={values[member.name]}
          onChange={(value) => {
            const { [member.name]: _, ...rest } = values
            onChange(value === undefined ? rest : { ...rest, [member.name]: value })
          }}
        />
      ))}
    </div>
  )
}

/** One member with its label, default, help and what is wrong with it. Its default's value is given on as not set. */
function MemberField({
  member: { name, field, default: usual, required },
  path,
  value,
  onChange,
}: {
  member: Member
  path: string
  value: unknown
  onChange: (value: unknown) => void
}) {
  const form = useForm()
  const messages = useSchemaFormMessages()
  const { language } = usePreferences()
  const wordsOf = useValueWords()
  const id = useId()
  const widget = form.widgetOf?.(path, field) ?? null
  const single = widget ? widget.single === true : isSingle(field)
  const problem = problemAt(form.problems, path, single || field.kind === 'list')
  const label = findLabel(form.scope, path)
  const differs = form.differences?.has(path) === true
  const title = label?.label[language.interface] ?? name
  const control = { id, 'aria-describedby': `${id}-note`, 'aria-invalid': problem !== null }
  const change = (next: unknown) => onChange(usual !== undefined && isSame(next, usual) ? undefined : next)
  const props = { path, field, value, usual, onChange: change, control, labelledBy: `${id}-label` }
  const caption = (
    <>
      {title}
      {label?.unit && <span className="font-normal text-quiet"> ({label.unit[language.interface]})</span>}
      {!required && usual === undefined && (
        <span className="font-normal text-quiet"> · {messages.optional}</span>
      )}
      {differs && (
        <span className="ml-2 rounded-full bg-accent-soft px-2 py-0.5 text-[0.75rem] text-accent">
          {messages.differs}
        </span>
      )}
    </>
  )
  const Name = single ? 'label' : 'span'
  return (
    <div
      className="min-w-0"
      {...(!single && { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-note` })}
    >
      <div className="flex min-h-6 items-baseline justify-between gap-3">
        <Name id={`${id}-label`} {...(single && { htmlFor: id })} className="text-13 font-[540]">
          {caption}
        </Name>
        {usual !== undefined && value !== undefined && (
          <button type="button" className="tool -my-2 shrink-0" onClick={() => onChange(undefined)}>
            <RotateCcw size={14} aria-hidden="true" />
            {messages.default(wordsOf(usual))}
            <span className="sr-only">
              {messages.reset}: {title}
            </span>
          </button>
        )}
        {usual !== undefined && value === undefined && (
          <span className="shrink-0 text-13 text-quiet">{messages.isDefault}</span>
        )}
      </div>
      <div className="mt-1.5">
        <Chosen {...props} />
      </div>
      <p
        id={`${id}-note`}
        className={`mt-1 text-13 ${problem ? 'text-wrong' : 'text-quiet'} empty:hidden`}
        {...(problem !== null && { role: 'alert' })}
      >
        {problem ?? label?.help?.[language.interface]}
      </p>
    </div>
  )
}
