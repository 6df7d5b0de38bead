-- CreateEnum
CREATE TYPE "KeyCheckStatus" AS ENUM ('QUEUED', 'COMPUTING', 'DONE', 'FAILED');

-- CreateTable
CREATE TABLE "KeyCheckRun" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "partIds" TEXT[],
    "seeds" INTEGER,
    "status" "KeyCheckStatus" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "requestedById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "KeyCheckRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeyVerdict" (
    "id" BIGSERIAL NOT NULL,
    "answerKeyId" TEXT NOT NULL,
    "partId" TEXT NOT NULL,
    "modelsHash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "checkedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyVerdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasurementReading" (
    "id" TEXT NOT NULL,
    "reading" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MeasurementReading_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "KeyCheckRun_assignmentId_createdAt_idx" ON "KeyCheckRun"("assignmentId", "createdAt");

-- CreateIndex
CREATE INDEX "KeyVerdict_answerKeyId_partId_idx" ON "KeyVerdict"("answerKeyId", "partId");

-- AddForeignKey
ALTER TABLE "KeyCheckRun" ADD CONSTRAINT "KeyCheckRun_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeyVerdict" ADD CONSTRAINT "KeyVerdict_answerKeyId_fkey" FOREIGN KEY ("answerKeyId") REFERENCES "AnswerKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;
