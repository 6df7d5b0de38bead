import { Moment } from '@/app/components/local-time'
import type { AppealMessageView } from '@/lib/appeals/view'

/** What was asked and answered, the earliest first. */
export function Thread({
  messages,
  names,
}: {
  messages: readonly AppealMessageView[]
  /** Whose words they are. */
  names: { readonly student: string; readonly staff: string }
}) {
  return (
    <ol className="grid gap-3">
      {messages.map((message) => (
        <li
          key={`${message.at} ${message.byStaff}`}
          className={message.byStaff ? 'border-l-2 border-accent pl-3' : 'border-l-2 pl-3'}
        >
          <p className="text-13 text-quiet">
            <span className="font-[560] text-ink">{message.byStaff ? names.staff : names.student}</span> ·{' '}
            <Moment iso={message.at} />
          </p>
          <p className="max-w-[68ch] break-words whitespace-pre-line">{message.text}</p>
        </li>
      ))}
    </ol>
  )
}
