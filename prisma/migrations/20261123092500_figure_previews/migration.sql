-- CreateTable
CREATE TABLE "FigurePreview" (
    "courseId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FigurePreview_pkey" PRIMARY KEY ("courseId","authorId","requestId")
);

-- CreateIndex
CREATE INDEX "FigurePreview_requestId_idx" ON "FigurePreview"("requestId");

-- CreateIndex
CREATE INDEX "FigurePreview_authorId_idx" ON "FigurePreview"("authorId");

-- AddForeignKey
ALTER TABLE "FigurePreview" ADD CONSTRAINT "FigurePreview_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FigurePreview" ADD CONSTRAINT "FigurePreview_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FigurePreview" ADD CONSTRAINT "FigurePreview_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "FigureRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
