package dev.riskmanager.daemon.enforce;

/**
 * The account has to be read.
 *
 * @param afterSeq only a read sent after this happening tells
 * @param notBefore monotonic time; only a read sent then or later tells
 * @param ordersToo positions alone do not answer the question
 */
record Need(long afterSeq, long notBefore, boolean ordersToo, Look look) {
  Need(long afterSeq, long notBefore, Look look) {
    this(afterSeq, notBefore, true, look);
  }

  boolean isMetBy(Stamp sent) {
    return sent.seq() > afterSeq && sent.nanos() >= notBefore;
  }
}
