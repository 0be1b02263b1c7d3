using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using RechargeGrains.Api.People;
using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.People;

namespace RechargeGrains.Api.Pages;

/// <summary>
/// Ends the session of a page that is open when it was signed out of elsewhere, its time is over, or its person was removed or given
/// another role; within a minute unless the settings say otherwise.
/// </summary>
internal sealed class SessionWatch(ILoggerFactory logging, IGrainFactory grains, SignInOptions options, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    /// <summary>So long a session is believed although it cannot be looked at; what changes anything looks for itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ILogger _logger = logging.CreateLogger<SessionWatch>();
    private DateTimeOffset? _failingSince;

    protected override TimeSpan RevalidationInterval => options.CheckSessionsEvery;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var session = authenticationState.User;
        if (PersonKey.TryParse(Caller.Of(session)?.PersonId) is not { } key)
            return false;
        var now = time.GetUtcNow();
        try
        {
            var person = await grains.GetGrain<IPeopleGrain>(key.Group).FindAsync(key.PersonId).WaitAsync(cancellationToken);
            _failingSince = null;
            return Sessions.IsGood(session, person, now);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A failure here would sign everybody out, and lose what they have typed, over a hiccup of the store.
            PageLog.SessionNotSeen(_logger, failure);
            _failingSince ??= now;
            return now - _failingSince < Patience;
        }
    }
}
