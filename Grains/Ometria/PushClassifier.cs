using System.Net;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>Classifies Ometria's status codes by what the sender does next. Only 429 is documented for pushes.</summary>
internal static class PushClassifier
{
    public static PushOutcome Classify(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => PushOutcome.Accepted,
        HttpStatusCode.TooManyRequests => PushOutcome.Throttled,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => PushOutcome.KeyRefused,
        // A missing address, a slow upload or a redirect says nothing about the records.
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.RequestTimeout => PushOutcome.Unavailable,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => PushOutcome.BadBatch,
        _ => PushOutcome.Unavailable,
    };
}
