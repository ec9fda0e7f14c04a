/* The list beside the call does not renew itself under somebody's fingers. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const list = event.target;
  if (list.id === "beside" && (list.contains(document.activeElement) || list.querySelector("details[open]"))) event.preventDefault();
});
