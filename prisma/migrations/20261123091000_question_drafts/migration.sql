ALTER TABLE "Question" ADD COLUMN "archivedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "QuestionDraft" (
    "questionId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "draft" JSONB,
    "basedOn" INTEGER NOT NULL,
    "authorId" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "QuestionDraft_pkey" PRIMARY KEY ("questionId")
);

CREATE TABLE "SetAsideDraft" (
    "id" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "basedOn" INTEGER NOT NULL,
    "authorId" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "setAsideAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SetAsideDraft_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "SetAsideDraft_questionId_setAsideAt_idx" ON "SetAsideDraft"("questionId", "setAsideAt");

ALTER TABLE "QuestionDraft" ADD CONSTRAINT "QuestionDraft_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "SetAsideDraft" ADD CONSTRAINT "SetAsideDraft_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
