// GraphiQL as its users handle it.

/** @import { Locator, Page } from 'playwright-core' */

export class GraphiQL {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.tabs = page.getByRole('tab');
    this.answer = this.editor('Result Window');
  }

  /** @param {import('./browser.mjs').Visitor} visitor */
  static async openedBy(visitor) {
    const graphiql = new GraphiQL(await visitor.opens('/graphiql'));
    await graphiql.ready();
    return graphiql;
  }

  /** Shown, with its editors, and with the schema read. */
  async ready() {
    await this.page.getByRole('button', { name: 'Execute query' }).waitFor();
    await this.shows(this.editor('Operation Editor'), /query|mutation|subscription/);
    await this.page.locator('.graphiql-spinner').waitFor({ state: 'detached' });
  }

  /** @param {string} name */
  async goesTo(name) {
    await this.tabs.getByRole('button', { name, exact: true }).click();
    await this.shows(this.editor('Operation Editor'), new RegExp(`(query|mutation|subscription)\\s${name}\\b`));
    await this.isAt(name);
  }

  /**
   * Waits until the tab that is shown has its name: GraphiQL gives what was written to the tab shown a little later, whichever it then is.
   * @param {string} name
   */
  async isAt(name) {
    await this.page.getByRole('tab', { selected: true }).getByRole('button', { name, exact: true }).waitFor();
  }

  async runs() {
    await this.page.getByRole('button', { name: 'Execute query' }).click();
  }

  async stops() {
    await this.page.getByRole('button', { name: 'Stop query' }).click();
  }

  /** @param {string} title of the panel at the side */
  async showsPanel(title) {
    await this.page.getByRole('button', { name: `Show ${title}` }).click();
  }

  /**
   * The editor in a part of the page. Variables and Headers share theirs, one of them hidden.
   * @param {string} region
   */
  editor(region) {
    return this.page.getByRole('region', { name: region, exact: true }).locator('.view-lines').filter({ visible: true });
  }

  /**
   * Replaces what is under Variables or Headers.
   * @param {'Variables' | 'Headers'} name
   * @param {unknown} value
   */
  async writes(name, value) {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.#replaces(this.editor(name), JSON.stringify(value));
  }

  /**
   * Replaces the operation.
   * @param {string} document
   */
  async asks(document) {
    await this.#replaces(this.editor('Operation Editor'), document);
  }

  /**
   * By pasting: the editor adds quotes and brackets to what is typed.
   * @param {Locator} editor
   * @param {string} text
   */
  async #replaces(editor, text) {
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /**
   * Waits until an editor shows this; only the lines in view count.
   * @param {Locator} editor
   * @param {string | RegExp} text
   */
  async shows(editor, text) {
    try {
      await editor.filter({ hasText: text }).waitFor();
    } catch (error) {
      throw new Error(`${text} was not shown, but: ${await editor.innerText()}`, { cause: error });
    }
  }

  /** @param {string | RegExp} text */
  async answers(text) {
    await this.shows(this.answer, text);
  }

  /**
   * Waits until what is kept in the browser's storage under this name tells of something.
   * @param {string} name
   * @param {string} text
   */
  async keeps(name, text) {
    const isKept = (/** @type {{ name: string, text: string }} */ { name, text }) =>
      localStorage.getItem(`graphiql:${name}`)?.includes(text);
    await this.page.waitForFunction(isKept, { name, text });
  }

  /** All that is kept in the browser's storage. */
  async kept() {
    return this.page.evaluate(() => JSON.stringify(localStorage));
  }
}
