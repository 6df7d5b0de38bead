import type { KeyPoints, QuestionContent } from '@/lib/questions/content'

/** @returns the content with the full points that a regrade gave its parts; itself where there are none. */
export function withKeyPoints<Content extends QuestionContent>(content: Content, points: KeyPoints): Content {
  if (!content.parts.some(({ id }) => Object.hasOwn(points, id))) return content
  return {
    ...content,
    parts: content.parts.map((part) => ({ ...part, points: points[part.id] ?? part.points })),
  }
}
