-- CreateEnum
CREATE TYPE "AttemptKeep" AS ENUM ('HIGHEST', 'LATEST', 'FIRST');

-- CreateEnum
CREATE TYPE "SubmittedBy" AS ENUM ('STUDENT', 'SERVER');

-- AlterEnum
ALTER TYPE "Release" ADD VALUE 'WHEN_ALL_DONE';

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "sessionsValidFrom" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "timeZone" TEXT NOT NULL DEFAULT 'Asia/Taipei';

-- AlterTable
ALTER TABLE "Enrollment" ADD COLUMN     "extraTimePercent" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "attemptKeep" "AttemptKeep" NOT NULL DEFAULT 'HIGHEST',
ADD COLUMN     "attemptsAllowed" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "lateTiers" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "timeLimitMinutes" INTEGER;

-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "creditPercent" INTEGER,
ADD COLUMN     "endsAt" TIMESTAMP(3),
ADD COLUMN     "signedReceipt" TEXT,
ADD COLUMN     "submittedBy" "SubmittedBy";

-- AlterTable
ALTER TABLE "AnswerEvent" ADD COLUMN     "inGrace" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "AssignmentOverride" (
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "opensAt" TIMESTAMP(3),
    "dueAt" TIMESTAMP(3),
    "closesAt" TIMESTAMP(3),
    "timeLimitMinutes" INTEGER,
    "extraTimePercent" INTEGER,
    "attemptsAllowed" INTEGER,
    "reason" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AssignmentOverride_pkey" PRIMARY KEY ("assignmentId","userId")
);

-- CreateIndex
CREATE INDEX "Attempt_submittedAt_endsAt_idx" ON "Attempt"("submittedAt", "endsAt");

-- AddForeignKey
ALTER TABLE "AssignmentOverride" ADD CONSTRAINT "AssignmentOverride_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentOverride" ADD CONSTRAINT "AssignmentOverride_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Attempts that exist already: until now they ended when the assignment closed, and the student submitted.
UPDATE "Attempt" a SET "endsAt" = s."closesAt" FROM "Assignment" s WHERE s.id = a."assignmentId";
UPDATE "Attempt" SET "submittedBy" = 'STUDENT', "creditPercent" = 100 WHERE "submittedAt" IS NOT NULL;
