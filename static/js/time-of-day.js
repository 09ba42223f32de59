/* The time of day as the server writes it: `halves` are its words for before and after noon ("a.m.|p.m."), none where
   24 hours are counted. */
window.timeOfDay = (moment, timeZone, halves, withSeconds) => {
  const style = { hour: halves ? "numeric" : "2-digit", minute: "2-digit", hourCycle: halves ? "h12" : "h23", timeZone };
  if (withSeconds) style.second = "2-digit";
  const parts = new Intl.DateTimeFormat("en-US", style).formatToParts(moment);
  const isLate = parts.some((part) => part.type === "dayPeriod" && part.value === "PM");
  const clock = parts.filter((part) => part.type !== "dayPeriod").map((part) => part.value).join("").trim();
  return halves ? `${clock} ${halves.split("|")[Number(isLate)]}` : clock;
};
