// Shows beside a field for a day or a moment what its text means, as the server reads it, and offers the browser's
// calendar. It never changes what was typed; only picking from the calendar writes into the field.
window.wagtail.app.register(
  "day-input",
  class extends window.StimulusModule.Controller {
    static targets = ["text", "meaning", "calendar"];
    static values = { url: String, kind: String, words: String };

    connect() {
      if (this.hasCalendarTarget) return;
      const native = this.kindValue === "moment" ? "datetime-local" : "date";
      this.meaningTarget.insertAdjacentHTML(
        "beforebegin",
        `<input type="${native}" class="day-input__native" tabindex="-1" aria-hidden="true"
           data-day-input-target="calendar" data-action="change->day-input#pick:stop">
         <button type="button" class="button button-small button-secondary" data-action="day-input#open"></button>`,
      );
      this.meaningTarget.previousElementSibling.textContent = this.wordsValue;
    }

    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.say(this.textTarget.value), 250);
    }

    async say(text) {
      const asked = (this.asked = (this.asked || 0) + 1);
      const query = new URLSearchParams({ kind: this.kindValue, text });
      const response = await fetch(`${this.urlValue}?${query}`, { headers: { Accept: "application/json" } });
      if (!response.ok || asked !== this.asked) return null;
      const read = await response.json();
      this.meaningTarget.textContent = read.meaning || read.problem;
      this.meaningTarget.classList.toggle("day-input__meaning--problem", Boolean(read.problem));
      return read;
    }

    async open() {
      clearTimeout(this.timer);
      const read = await this.say(this.textTarget.value);
      this.calendarTarget.value = (read && read.iso) || "";
      this.calendarTarget.showPicker();
    }

    async pick() {
      const read = await this.say(this.calendarTarget.value);
      if (!read || read.problem) return;
      this.textTarget.value = read.text || "";
      for (const name of ["input", "change"]) this.textTarget.dispatchEvent(new Event(name, { bubbles: true }));
    }
  },
);
