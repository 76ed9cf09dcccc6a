/** The high bytes of cancel ids: no two callers of one machine get the same, as far as a byte reaches. */
export class CancelIds {
  private last = 0;

  /** NdisGeneratePartialCancelId: 1 to 255, and then from 1 again. */
  generate(): number {
    this.last = (this.last % 0xff) + 1;
    return this.last;
  }
}
