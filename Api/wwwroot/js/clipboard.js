// Copies a text. Where the page is not served by https the clipboard is closed, and the old way still works.
export async function copy(text) {
    if (navigator.clipboard && isSecureContext) {
        await navigator.clipboard.writeText(text);
        return true;
    }

    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "rg-off-screen";
    document.body.append(area);
    area.select();
    try {
        return document.execCommand("copy");
    } finally {
        area.remove();
    }
}
