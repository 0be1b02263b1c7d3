using System.Net;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class PushClassifierTests
{
    [Theory]
    [InlineData(200, PushOutcome.Accepted)]
    [InlineData(202, PushOutcome.Accepted)]
    [InlineData(301, PushOutcome.Unavailable)]
    [InlineData(400, PushOutcome.BadBatch)]
    [InlineData(401, PushOutcome.KeyRefused)]
    [InlineData(403, PushOutcome.KeyRefused)]
    [InlineData(404, PushOutcome.Unavailable)]
    [InlineData(405, PushOutcome.Unavailable)]
    [InlineData(408, PushOutcome.Unavailable)]
    [InlineData(413, PushOutcome.BadBatch)]
    [InlineData(422, PushOutcome.BadBatch)]
    [InlineData(429, PushOutcome.Throttled)]
    [InlineData(500, PushOutcome.Unavailable)]
    [InlineData(503, PushOutcome.Unavailable)]
    public void An_answer_is_classified_by_what_the_sender_does_next(int status, PushOutcome expected) =>
        Assert.Equal(expected, PushClassifier.Classify((HttpStatusCode)status));
}
