using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Pages.Shared;

namespace RechargeGrains.Api.Pages.Accounts;

/// <summary>What somebody enters to add an account or to replace its key. It lives as long as the form and is kept nowhere.</summary>
public sealed class KeyEntry
{
    [Required(ErrorMessage = "Give it a name, so that you will recognise it."), NameText]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter the key."), KeyText(ErrorMessage = "This is no API key: a key is one word without blanks. Copy it again.")]
    public string? ApiKey { get; set; }

    [KeyText(ErrorMessage = "This is no client secret: a secret is one word without blanks. Copy it again.")]
    public string? ClientSecret { get; set; }

    /// <summary>Forgets the keys; after them nobody needs the form.</summary>
    public void Clear() => Name = ApiKey = ClientSecret = null;
}
