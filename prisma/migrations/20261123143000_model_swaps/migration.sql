-- CreateEnum
CREATE TYPE "SwapStatus" AS ENUM ('PROPOSED', 'APPLIED');

-- CreateTable
CREATE TABLE "ModelSwap" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "SwapStatus" NOT NULL DEFAULT 'PROPOSED',
    "fromModel" TEXT NOT NULL,
    "toModel" TEXT NOT NULL,
    "keyReason" TEXT,
    "authorId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMP(3),
    "appliedById" TEXT,

    CONSTRAINT "ModelSwap_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ModelSwapQuestion" (
    "swapId" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "questionVersionId" TEXT NOT NULL,
    "answerKeyId" TEXT NOT NULL,
    "figureRequestId" TEXT NOT NULL,
    "appliedVersion" INTEGER,

    CONSTRAINT "ModelSwapQuestion_pkey" PRIMARY KEY ("swapId","questionId")
);

CREATE TABLE "KeyTrial" (
    "id" TEXT NOT NULL,
    "questionId" TEXT,
    "partId" TEXT,
    "swapId" TEXT,
    "authorId" TEXT NOT NULL,
    "figureModel" TEXT,
    "keys" JSONB NOT NULL,
    "verdicts" JSONB NOT NULL DEFAULT '{}',
    "status" "KeyCheckStatus" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyTrial_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ModelSwap_assignmentId_number_key" ON "ModelSwap"("assignmentId", "number");
CREATE INDEX "ModelSwapQuestion_figureRequestId_idx" ON "ModelSwapQuestion"("figureRequestId");
CREATE INDEX "ModelSwapQuestion_questionId_idx" ON "ModelSwapQuestion"("questionId");
CREATE UNIQUE INDEX "KeyTrial_swapId_key" ON "KeyTrial"("swapId");
CREATE UNIQUE INDEX "KeyTrial_questionId_partId_authorId_key" ON "KeyTrial"("questionId", "partId", "authorId");

-- AddForeignKey
ALTER TABLE "ModelSwap" ADD CONSTRAINT "ModelSwap_assignmentId_fkey"
    FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ModelSwapQuestion" ADD CONSTRAINT "ModelSwapQuestion_swapId_fkey"
    FOREIGN KEY ("swapId") REFERENCES "ModelSwap"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ModelSwapQuestion" ADD CONSTRAINT "ModelSwapQuestion_questionId_fkey"
    FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ModelSwapQuestion" ADD CONSTRAINT "ModelSwapQuestion_figureRequestId_fkey"
    FOREIGN KEY ("figureRequestId") REFERENCES "FigureRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "KeyTrial" ADD CONSTRAINT "KeyTrial_questionId_fkey"
    FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "KeyTrial" ADD CONSTRAINT "KeyTrial_swapId_fkey"
    FOREIGN KEY ("swapId") REFERENCES "ModelSwap"("id") ON DELETE CASCADE ON UPDATE CASCADE;
