using System.Globalization;
using RechargeGrains.Api.People;

namespace RechargeGrains.Api.Pages.Customers;

/// <summary>What somebody typed to find a customer: an e-mail address or a Recharge id. Pure.</summary>
/// <param name="Email">If it is an address.</param>
/// <param name="Id">If it is an id.</param>
internal sealed record CustomerQuery(string? Email, long? Id)
{
    /// <summary>Null for what can be neither.</summary>
    public static CustomerQuery? Read(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if (long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return new CustomerQuery(null, id);
        return EmailRule.IsAddress(text) ? new CustomerQuery(text, null) : null;
    }
}
