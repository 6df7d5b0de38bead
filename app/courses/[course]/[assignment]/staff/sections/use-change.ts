import { type Refusal, useRequest } from '@/app/components/use-request'
import { useSectionMessages } from '../use-section-messages'

/**
 * Sends changes of a course's sections, one at a time, and shows the page anew when one is made.
 * @returns `problem`: why the last one was not made, in words
 */
export function useChange(course: string) {
  const words = useSectionMessages()
  const { send, working, problem } = useRequest({ failed: words.failed, invalid: words.wrongName })
  const change = <Reply>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    refused?: (refusal: Refusal) => boolean,
  ) => send<Reply>(method, `/api/courses/${course}/${path}`, body, refused)
  return { change, working, problem }
}
