/** Asks the same again and again: an answer that a newer question has overtaken is not given, nor its failure; `null` stands for it. */
export function newest<Answer>(ask: () => Promise<Answer>): () => Promise<Answer | null> {
  let asked = 0;
  return async () => {
    const turn = (asked += 1);
    try {
      const answer = await ask();
      return turn === asked ? answer : null;
    } catch (error) {
      if (turn === asked) throw error;
      return null;
    }
  };
}
