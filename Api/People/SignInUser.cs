using RechargeGrains.People;

namespace RechargeGrains.Api.People;

/// <summary>A person in the hands of ASP.NET Core Identity, which changes what it is given. Never logged.</summary>
internal sealed class SignInUser(Person person)
{
    public Person Person { get; set; } = person;
}
