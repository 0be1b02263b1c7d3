using RechargeGrains.Accounts;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Accounts;

/// <summary>Why a key was not taken: which key and what is wrong with it in the title, what to do in the text. Pure.</summary>
internal sealed record KeyProblem(string Title, string Text, bool IsOfName = false)
{
    public static KeyProblem Of(AccountKind kind, TenantError error)
    {
        var key = $"{kind} API key";
        return error.Code switch
        {
            "key_rejected" => new($"This {key} does not work", error.Message),
            "not_shopify" => new($"The store of this {key} is not on Shopify", error.Message),
            "missing_scopes" => new($"This {key} may not read enough", error.Message),
            "unreachable" => new($"The {key} could not be checked", error.Message),
            "other_store" => new($"This {key} belongs to another store", error.Message),
            "duplicate_name" => new($"The name of this {key} is taken", error.Message, IsOfName: true),
            "too_many_accounts" => new($"This {key} has no room", $"{error.Message} Choose one of them, or replace its key."),
            _ => new($"The {key} was not kept", error.Message),
        };
    }
}
