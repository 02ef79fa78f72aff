/** The preview's own addresses. Failures become an Error whose message can be shown. */
export async function ask(path, body) {
  const options = body && { method: 'POST', body: JSON.stringify(body), headers: headers() };
  const response = await fetch(`/preview/${path}`, { cache: 'no-store', ...options });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error.message);
  }
  return answer;
}

function headers() {
  const { authorization } = document.documentElement.dataset;
  return { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) };
}

/** Shows what a click led to where it failed, and nothing where it did not. */
export async function attempt(action) {
  const notice = document.getElementById('notice');
  try {
    await action();
    notice.textContent = '';
  } catch (failure) {
    notice.textContent = failure.message;
  }
}
