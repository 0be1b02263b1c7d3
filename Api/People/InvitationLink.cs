using RechargeGrains.People;

namespace RechargeGrains.Api.People;

/// <summary>Where an invitation is accepted. Whoever has the link can sign in as its person: it is shown once and never logged.</summary>
internal static class InvitationLink
{
    public static string PathOf(Invitation invitation) =>
        $"/welcome?person={Uri.EscapeDataString(invitation.Person.ToString())}&code={Uri.EscapeDataString(invitation.Code)}";
}
