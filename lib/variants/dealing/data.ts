import { Prisma } from '@/lib/database/generated-student/client'

/**
 * The version of a question that an attempt which begins now pins, as a query of its `id`: the latest one, or where the
 * question's variants are dealt, whichever of them `dealtVersion` deals; the same in SQL, so that starting is one statement.
 * A variant is dealt when somebody has read it, it was made from the latest version, and its figure is there.
 *
 * @param question the name of "Question" in the query around
 * @param seed of the attempt
 */
export function dealtVersionOf(question: Prisma.Sql, seed: number): Prisma.Sql {
  return Prisma.sql`
    SELECT candidate.id
    FROM (
      SELECT id FROM "QuestionVersion" WHERE "questionId" = ${question}.id ORDER BY version DESC LIMIT 1
    ) latest
    CROSS JOIN LATERAL (
      SELECT latest.id
      UNION ALL
      SELECT made.id
      FROM "QuestionVariant" variant
      JOIN "QuestionVersion" made ON made.id = variant."versionId"
      JOIN "FigureRequest" figure ON figure.id = made."figureRequestId" AND figure.status = 'READY'
      WHERE ${question}."dealVariants" AND variant.dealt AND variant."baseId" = latest.id
    ) candidate
    ORDER BY CASE WHEN ${question}."dealVariants"
             THEN sha256(convert_to(${seed}::int || ' ' || candidate.id, 'UTF8')) END
    LIMIT 1`
}
