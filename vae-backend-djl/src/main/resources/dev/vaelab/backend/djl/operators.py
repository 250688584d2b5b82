# The methods of the module that TorchScriptModule loads, in the form in which TorchScript serializes code: every operation is
# a call. Names in capitals stand for constants of the architecture. TorchOperators and TorchUpdates say what each method is for.
class Operators(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    result = torch.conv2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    return (self).normalize_relu(result, scale, shift, running_mean, running_variance)

  def transposed_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    result = torch.conv_transpose2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    return (self).normalize_relu(result, scale, shift, running_mean, running_variance)

  # With n values per channel, y = scale (x - mean) / deviation + shift and g the derivative by y, the derivative by x is
  #   scale / deviation (g - sum(g) / n - (x - mean) / deviation^2 sum(g (x - mean)) / n).
  # Recorded is y as if mean and deviation were constants; that gives the first term, and both sums as the derivatives by what
  # is added and what is multiplied. To these are added functions of x that are zero, but whose derivatives are not: they give
  # the other two terms.
  def normalize_relu(self: __torch__.Operators,
    features: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    count = torch.floordiv(torch.numel(features), torch.size(features, 1))
    total = torch.sum(features, [0, 2, 3])
    mean = torch.div(torch.detach(total), count)
    centered = torch.sub(features, torch.reshape(mean, [1, -1, 1, 1]))
    # The derivative of this is half of that of the sum of squares.
    squares = torch.sum(torch.mul(centered, torch.detach(centered)), [0, 2, 3])
    variance = torch.div(torch.detach(squares), count)
    unbiased = torch.div(torch.detach(squares), torch.sub(count, 1))
    _0 = torch.add_(torch.mul_(running_mean, KEPT), mean, alpha=MOMENTUM)
    _1 = torch.add_(torch.mul_(running_variance, KEPT), unbiased, alpha=MOMENTUM)
    deviation = torch.sqrt(torch.add(variance, EPSILON))
    slope = torch.div(torch.neg(torch.detach(scale)), torch.mul(deviation, count))
    curvature = torch.div(slope, torch.square(deviation))
    zero_shift = torch.mul(torch.sub(total, torch.detach(total)), slope)
    zero_factor = torch.mul(torch.sub(squares, torch.detach(squares)), curvature)
    shifts = torch.reshape(torch.add(shift, zero_shift), [1, -1, 1, 1])
    factors = torch.reshape(torch.add(torch.div(scale, deviation), zero_factor), [1, -1, 1, 1])
    return torch.relu_(torch.add_(torch.mul(centered, factors), shifts))

  def folded_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [-1, 1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def folded_transposed_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [1, -1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv_transpose2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def sub_pixel_convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    biases = torch.repeat_interleave(bias, torch.mul(STRIDE, STRIDE))
    phases = torch.conv2d(features, weight, biases, [1, 1], [1, 1])
    return torch.constant_pad_nd(torch.pixel_shuffle(phases, STRIDE), [-1, -1, -1, -1])

  def linear(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return (self).rows_of((self).convolved_rows(rows, weight, bias))

  def linear_relu(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return (self).rows_of(torch.relu_((self).convolved_rows(rows, weight, bias)))

  def linear_pair(self: __torch__.Operators,
    rows: Tensor,
    first_weight: Tensor,
    first_bias: Tensor,
    second_weight: Tensor,
    second_bias: Tensor) -> Tuple[Tensor, Tensor]:
    weight = torch.cat([first_weight, second_weight])
    bias = torch.cat([first_bias, second_bias])
    both = torch.chunk((self).linear(rows, weight, bias), 2, 1)
    return (both[0], both[1])

  def convolved_rows(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    pixels = torch.permute(torch.reshape(rows, [1, torch.size(rows, 0), 1, -1]), [0, 3, 1, 2])
    return torch.conv2d(pixels, weight, bias)

  def rows_of(self: __torch__.Operators,
    pixels: Tensor) -> Tensor:
    return torch.reshape(torch.permute(pixels, [0, 2, 3, 1]), [torch.size(pixels, 2), -1])

  def sample(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor,
    noise: Tensor) -> Tensor:
    deviation = torch.exp(torch.mul(log_variance, 0.5))
    return torch.add(mean, torch.mul(deviation, noise))

  def bernoulli(self: __torch__.Operators,
    logits: Tensor,
    images: Tensor) -> Tensor:
    pixels = torch.addcmul(torch.softplus(logits), logits, images, value=-1)
    return torch.sum(pixels, [1, 2, 3])

  def gaussian(self: __torch__.Operators,
    logits: Tensor,
    images: Tensor,
    variance: Tensor) -> Tensor:
    squares = torch.sum(torch.square(torch.sub(torch.sigmoid(logits), images)), [1, 2, 3])
    pixels = torch.floordiv(torch.numel(images), torch.size(images, 0))
    constant = torch.mul(torch.log(torch.mul(variance, TWO_PI)), pixels)
    return torch.mul(torch.add(torch.div(squares, variance), constant), 0.5)

  def kl(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor) -> Tensor:
    terms = torch.add(torch.sub(torch.expm1(log_variance), log_variance), torch.square(mean))
    return torch.mul(torch.sum(terms, [1]), 0.5)

  def gradients(self: __torch__.Operators,
    loss: Tensor,
    weights: List[Tensor]) -> List[Tensor]:
    found = torch.grad([loss], weights)
    gradients = annotate(List[Tensor], [])
    for i in range(torch.len(found)):
      gradient = unchecked_cast(Tensor, found[i])
      _0 = torch.append(gradients, torch.contiguous(gradient))
    return gradients

  def length(self: __torch__.Operators,
    tensors: List[Tensor]) -> float:
    squares = 0.
    for i in range(torch.len(tensors)):
      length = float(torch.linalg_vector_norm(tensors[i], 2, None, False, dtype=FLOAT64))
      squares = torch.add(squares, torch.mul(length, length))
    return torch.sqrt(squares)

  def scale(self: __torch__.Operators,
    tensors: List[Tensor],
    factor: float) -> int:
    torch._foreach_mul_(tensors, factor)
    return torch.len(tensors)

  def adam(self: __torch__.Operators,
    weights: List[Tensor],
    gradients: List[Tensor],
    first_moments: List[Tensor],
    second_moments: List[Tensor],
    step: float,
    learning_rate: float,
    beta1: float,
    beta2: float,
    epsilon: float,
    weight_decay: float) -> int:
    steps = torch.mul([torch.full([], step)], torch.len(weights))
    no_maximum = annotate(List[Tensor], [])
    torch._fused_adamw_(weights, gradients, first_moments, second_moments, no_maximum, steps,
      lr=learning_rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon,
      amsgrad=False, maximize=False)
    return torch.len(weights)

  def sgd(self: __torch__.Operators,
    weights: List[Tensor],
    gradients: List[Tensor],
    velocities: List[Tensor],
    learning_rate: float,
    momentum: float) -> int:
    torch._foreach_mul_(velocities, momentum)
    torch._foreach_add_(velocities, gradients)
    torch._foreach_add_(weights, velocities, alpha=torch.neg(learning_rate))
    return torch.len(weights)
