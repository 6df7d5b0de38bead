-- CreateEnum
CREATE TYPE "AdjustmentKind" AS ENUM ('ADD', 'SET');
CREATE TYPE "RegradeStatus" AS ENUM ('DRAFT', 'APPLIED', 'DISCARDED');

-- AlterTable
ALTER TABLE "Course" ADD COLUMN "regradeNeedsSecond" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "AnswerKey" ADD COLUMN "points" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "regradeId" TEXT;

-- Until now every score is what key and rule give.
ALTER TABLE "PartScore" ADD COLUMN "automatic" INTEGER;
UPDATE "PartScore" SET "automatic" = "points";
ALTER TABLE "PartScore" ALTER COLUMN "automatic" SET NOT NULL;

-- CreateTable
CREATE TABLE "PartAdjustment" (
    "attemptId" TEXT NOT NULL,
    "partId" TEXT NOT NULL,
    "kind" "AdjustmentKind",
    "points" INTEGER NOT NULL DEFAULT 0,
    "comment" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PartAdjustment_pkey" PRIMARY KEY ("attemptId","partId")
);

CREATE TABLE "Regrade" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "RegradeStatus" NOT NULL DEFAULT 'DRAFT',
    "changes" JSONB NOT NULL,
    "basedOn" JSONB NOT NULL,
    "undoesId" TEXT,
    "reason" JSONB NOT NULL,
    "keyReason" TEXT,
    "effect" JSONB,
    "authorIds" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMP(3),
    "appliedById" TEXT,

    CONSTRAINT "Regrade_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "RegradedAttempt" (
    "regradeId" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "pointsBefore" INTEGER NOT NULL,
    "pointsAfter" INTEGER NOT NULL,
    "maximumBefore" INTEGER NOT NULL,
    "maximumAfter" INTEGER NOT NULL,

    CONSTRAINT "RegradedAttempt_pkey" PRIMARY KEY ("regradeId","attemptId")
);

CREATE TABLE "ScoreChange" (
    "regradeId" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "partId" TEXT NOT NULL,
    "answerKeyBefore" TEXT NOT NULL,
    "answerKeyAfter" TEXT NOT NULL,
    "ruleBefore" TEXT NOT NULL,
    "ruleAfter" TEXT NOT NULL,
    "automaticBefore" INTEGER NOT NULL,
    "automaticAfter" INTEGER NOT NULL,
    "pointsBefore" INTEGER NOT NULL,
    "pointsAfter" INTEGER NOT NULL,
    "maximumBefore" INTEGER NOT NULL,
    "maximumAfter" INTEGER NOT NULL,

    CONSTRAINT "ScoreChange_pkey" PRIMARY KEY ("regradeId","attemptId","partId")
);

CREATE TABLE "ScoreExport" (
    "assignmentId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actorId" TEXT NOT NULL,
    "scores" JSONB NOT NULL,

    CONSTRAINT "ScoreExport_pkey" PRIMARY KEY ("assignmentId")
);

-- CreateIndex
CREATE INDEX "AnswerKey_regradeId_idx" ON "AnswerKey"("regradeId");
CREATE INDEX "PartScore_answerKeyId_partId_idx" ON "PartScore"("answerKeyId", "partId");
CREATE UNIQUE INDEX "Regrade_assignmentId_number_key" ON "Regrade"("assignmentId", "number");
CREATE INDEX "Regrade_undoesId_idx" ON "Regrade"("undoesId");
CREATE INDEX "RegradedAttempt_attemptId_idx" ON "RegradedAttempt"("attemptId");
CREATE INDEX "ScoreChange_attemptId_idx" ON "ScoreChange"("attemptId");

-- AddForeignKey
ALTER TABLE "AnswerKey" ADD CONSTRAINT "AnswerKey_regradeId_fkey" FOREIGN KEY ("regradeId") REFERENCES "Regrade"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "PartAdjustment" ADD CONSTRAINT "PartAdjustment_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Regrade" ADD CONSTRAINT "Regrade_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Regrade" ADD CONSTRAINT "Regrade_undoesId_fkey" FOREIGN KEY ("undoesId") REFERENCES "Regrade"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RegradedAttempt" ADD CONSTRAINT "RegradedAttempt_regradeId_fkey" FOREIGN KEY ("regradeId") REFERENCES "Regrade"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RegradedAttempt" ADD CONSTRAINT "RegradedAttempt_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ScoreChange" ADD CONSTRAINT "ScoreChange_regradeId_fkey" FOREIGN KEY ("regradeId") REFERENCES "Regrade"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ScoreChange" ADD CONSTRAINT "ScoreChange_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ScoreExport" ADD CONSTRAINT "ScoreExport_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
